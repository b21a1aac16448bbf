"""Records that hold what five organs published compile to their published tables, and read back from every format the same."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai.checking import check
from gongkai.law import applicant_kinds, decision_kinds, document_kinds, outcomes
from gongkai.law.case.grounds import grounds_of
from gongkai.office.filings.drafting import first_content
from gongkai.office.registers.decisions import Months, enter_figure
from gongkai.office.registers.documents import add_document, correct_document
from gongkai.reading import read
from gongkai.report.writing import write

from ..builders import make_case, make_organ, make_person, take

SEEDS = Path(__file__).parents[4] / "shared" / "reports" / "seeds"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="没有 ../shared/reports/seeds，与真实报告的比较跳过"),
]

NAMES = ("city_market_2023", "gongshu_market_2023", "gongshu_office_2023", "xigong_market_2024", "yuhang_commerce_2023")


@pytest.fixture(params=NAMES)
def published(request):
    """A published report as it was read, figures put right where it contradicts itself and where it lacks one."""
    path = SEEDS / f"{request.param}.txt"
    reading = read(path.name, path.read_bytes())
    values = dict(reading.report.values)
    contradictions = {}
    for finding in check(reading):
        if finding.severity == "error":
            contradictions |= finding.repair or {}
            assert finding.repair or finding.code == "missing-cells", finding
    missing = {key: 0 for key in reading.report.form.cells if values.get(key) is None}
    return reading.report, values | contradictions | missing


def _record(organ, year, values):
    """Enter what the figures count: as many cases, documents and decisions."""
    clerk, day = make_person("clerk", organ), date(year + 1, 1, 8)
    for outcome in outcomes().terms:
        for kind in applicant_kinds().terms:
            for _ in range(int(values[f"applications.{outcome.code}.{kind.code}"])):
                received = date(year, 3, 4)
                known = {"imported": True, "as_of": day}
                if kind.code != "natural_person":
                    known["id_kind"] = "credit_code"
                case = make_case(organ, received=received, applicant_kind=kind.code, **known)
                grounds = [one.code for one in grounds_of(outcome.code)][:1]
                decided = {"outcome": outcome.code, "grounds": grounds, "number": f"公复〔{year}〕{case.pk}号"}
                answered = received + timedelta(9)
                take(
                    case,
                    "imported_decision",
                    answered,
                    as_of=day,
                    actor=clerk,
                    dispatched_on=answered.isoformat(),
                    **decided,
                )
    for kind in document_kinds().terms:
        issued, repealed, in_force = (
            int(values[f"proactive.{kind.code}.{figure}"]) for figure in ("issued", "repealed", "in_force")
        )
        for number in range(in_force + repealed):
            issued_on = date(year, 5, 6) if number < issued else date(year - 2, 5, 6)
            document = add_document(
                organ, kind=kind.code, title=f"第{number}号办法", issued_on=issued_on, by=clerk, today=day
            )
            if number >= in_force:
                correct_document(
                    document,
                    {"repealed_on": date(year, 9, 1), "repealed_by_other": "清理决定"},
                    reason="",
                    by=clerk,
                    today=day,
                )
    for kind in decision_kinds().terms:
        number = values[f"proactive.{kind.code}"]
        known = {"kind": kind.code, "months": Months(1, 12), "source": "业务系统", "by": clerk, "today": day}
        enter_figure(organ, year, number=number, **known)


def test_the_records_compile_to_the_published_tables_cell_for_cell(published):
    report, values = published
    organ = make_organ(report.organ or "某机关")
    _record(organ, report.year, values)
    compiled = first_content(organ, report.year).report
    assert {key: compiled.values[key] for key in values} == values
    assert [one for one in check(compiled) if one.severity == "error"] == []


@pytest.mark.parametrize("format", ["docx", "pdf", "html", "xlsx"])
def test_what_was_compiled_reads_back_the_same(published, format):
    report, values = published
    organ = make_organ(report.organ or "某机关")
    _record(organ, report.year, values)
    compiled = first_content(organ, report.year).report
    again = read(f"x.{format}", write(compiled, format)).report
    assert again.values == compiled.values
    assert (again.organ, again.year, again.edition) == (compiled.organ, compiled.year, compiled.edition)
    assert "".join(again.sections["overview"].split()) == "".join(compiled.sections["overview"].split())
