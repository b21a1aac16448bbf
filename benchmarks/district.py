"""Pages of who supervises a district: with 80 organs whose reports have all been filed, against 8, by the server's time.

The page of repeated texts is measured against reading the same texts alone, too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .databases import measured_here, medians, on_each
from .measuring import Measured

MANY, FEW, YEAR = 80, 8, 2025
BOUND = 3.0
"""How many times longer a page may take with MANY organs than with FEW."""

PLAIN_BOUND = 6.0
"""How many times longer the page of repeated texts may take than reading the texts that it compares."""

PAGES = (("board", ""), ("roll-up", "rollup/"), ("repeated text", "likeness/"))
ROUNDS = 9


@dataclass(frozen=True, slots=True)
class District:
    """A government's code and somebody who supervises its organs."""

    code: str
    supervisor: Any


def measure() -> Iterator[Measured]:
    """On each database."""
    return on_each("district")


def _measured(engine: str) -> Iterator[Measured]:
    from django.test import Client

    from gongkai.office.organs.models import Organ
    from gongkai.office.supervision.alike import district_of_texts

    few, many = _district("few", FEW), _district("many", MANY)

    def page(district: District, path: str) -> Callable[[], object]:
        client = Client()
        client.force_login(district.supervisor)

        def get() -> None:
            assert client.get(f"/office/supervision/{district.code}/{YEAR}/{path}").status_code == 200, path

        return get

    for what, path in PAGES:
        times = medians({"few": page(few, path), "many": page(many, path)}, ROUNDS)
        remark = f"{times['many'] * 1000:.0f} ms against {times['few'] * 1000:.0f} ms"
        yield Measured(
            f"{engine}: {what} of {MANY} organs, to {FEW}", times["many"] / times["few"], BOUND, remark=remark
        )
    government = Organ.objects.get(code=many.code)
    times = medians(
        {
            "page": page(many, "likeness/"),
            "texts": lambda: district_of_texts(government, YEAR, "overview"),
        },
        ROUNDS,
    )
    remark = f"{times['page'] * 1000:.0f} ms against {times['texts'] * 1000:.0f} ms"
    what = f"{engine}: repeated text of {MANY} organs, to reading their texts, verified"
    yield Measured(what, times["page"] / times["texts"], PLAIN_BOUND, remark=remark)


def _district(code: str, number: int) -> District:
    """A government and so many departments, each with a composed report that was received as a file."""
    from gongkai.office.filings.content import Content
    from gongkai.office.filings.drafting import composed
    from gongkai.office.filings.record import begin, take
    from gongkai.office.organs.accounts import create_person, grant_role
    from gongkai.office.organs.actions import found_organ
    from gongkai.office.organs.models import Organ

    since, day = date(2019, 1, 1), date(YEAR + 1, 1, 12)
    known = {"by": None, "today": day, "since": since, "short_code": "云政"}
    government = found_organ(
        code=code, name=f"云{number}区人民政府", kind=Organ.Kind.GOVERNMENT, short="区政府", parent=None, **known
    )
    person, _ = create_person(government, username=f"{code}-supervisor", name="监督", by=None, today=day)
    person.must_change_password = False
    person.save()
    grant_role(person, "supervisor", government, since=since, by=None, today=day)
    chance = random.Random(code)
    for place in range(number):
        name = f"云{number}区第{place}局"
        organ = found_organ(
            code=f"{code}-{place}",
            name=name,
            kind=Organ.Kind.DEPARTMENT,
            short=f"第{place}局",
            parent=government,
            **known,
        )
        content = composed(Content(_report(name, chance), source="年度报告.docx"), _facts(place, chance))
        filing = begin(organ, YEAR, content, by=None, today=day, why="接收机关报送的文件", outside=True)
        take(filing, "received", version=1, by=person, roles={"clerk"}, today=day)
    return District(code, person)


def _report(name: str, chance: random.Random) -> Any:
    from gongkai.report.form import form_for_year
    from gongkai.report.report import Report

    form = form_for_year(YEAR)
    values = dict.fromkeys(form.cells, 0)
    number = chance.randint(1, 90)
    for row in ("received", "disclosed", "total"):
        for column in ("natural_person", "total"):
            values[f"applications.{row}.{column}"] = number
    title = form.title.format(organ=name, year=YEAR)
    return Report(organ=name, year=YEAR, edition=form.edition, title=title, values=values)


def _facts(place: int, chance: random.Random) -> Any:
    """A text of its own of 3,000 to 8,000 characters, some of whose words others use as well."""
    from gongkai.narrative import Facts

    words = "信息公开平台审查制度群众企业服务重点领域更新检查培训解读网站专栏流程答复时限目录指南考核评议责任"
    length = chance.randint(3_000, 8_000)
    own = ""
    while len(own) < length:
        own += "".join(chance.choices(words, k=chance.randint(6, 14))) + chance.choice("，，，。")
    return Facts(
        {"proactive_text": f"第{place}局{own}。", "management_text": own[-400:][::-1], "processing_fee": 0}, (), ()
    )


if __name__ == "__main__":
    measured_here(_measured)
