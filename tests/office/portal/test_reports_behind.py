"""Behind a figure: counts that add up to what was published, sealed with it, and nothing by which anybody could be known."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from gongkai.office.filings.content import Content, Excuse, Override
from gongkai.office.filings.drafting import first_content
from gongkai.office.filings.gate import findings_of, fingerprint
from gongkai.office.filings.record import begin, save, take
from gongkai.office.filings.recorded import content_of
from gongkai.office.remedies.models import Remedy

from ..filings.reporting import written_out
from .publishing import WAY, Publisher
from .test_pages import KNOWN_WORDS
from .visiting import latin_words, seen

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 20)

NAMES = ("张明", "110101199003078881", "13800000000", "学府路8号", "老旧小区改造")
"""What the builders' applicants and applications are called by."""


@pytest.fixture
def publisher(organ):
    return Publisher(organ)


def behind(client, organ, key, year=2025):
    answer = client.get(reverse("portal_report_figure", args=[organ.code, year, key]))
    assert answer.status_code == 200
    return answer


def table(page, caption):
    """The rows of a table on the page: label and figure."""
    found = re.search(rf'<caption id="{caption}">.*?</table>', page, re.DOTALL)
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="figure">(.*?)</td>', found[0]) if found else []
    return [(re.sub(r"<[^>]+>", "", label), int(number)) for label, number in rows]


def six_answers(publisher):
    """Four in March, then four in June of which one enterprise's."""
    for month in (3, 6):
        for day in range(4):
            kind = "enterprise" if (month, day) == (6, 0) else "natural_person"
            who = (
                {"applicant_kind": kind, "id_kind": "credit_code"} if kind == "enterprise" else {"applicant_kind": kind}
            )
            publisher.decided(date(2025, month, 3), date(2025, month, 10 + day), **who)


def test_which_of_the_year_is_told_by_month(client, publisher):
    for month in (3, 6):
        for day in range(3):
            publisher.decided(date(2025, month, 3), date(2025, month, 10 + day))
    publisher.published()
    page = behind(client, publisher.organ, "applications.disclosed.natural_person").content.decode()
    assert table(page, "periods") == [("3月", 3), ("6月", 3), ("合计", 6)]
    assert 'role="img"' in page


def test_every_table_behind_a_figure_adds_up_to_it(client, publisher):
    six_answers(publisher)
    Remedy(organ=publisher.organ, kind="reconsideration", number="望政复1号", begun_on=date(2025, 5, 6)).save()
    values = content_of(publisher.published(), 1).report.values
    keys = [key for key, value in values.items() if value and key.startswith(("applications.", "remedies."))]
    assert len(keys) == 11  # received, disclosed and total, each of two kinds and in all; one remedy, twice
    for key in keys:
        page = behind(client, publisher.organ, key).content.decode()
        *rows, (last, total) = table(page, "periods")
        assert last == "合计" and total == values[key] == sum(number for _, number in rows), key
        if parts := table(page, "parts"):
            assert sum(number for _, number in parts) == values[key], key


@pytest.mark.parametrize(("column", "number"), [("natural_person", 7), ("enterprise", 1), ("total", 8)])
def test_behind_what_came_in_stands_how_it_ended_as_the_report_says(client, publisher, column, number):
    six_answers(publisher)
    publisher.published()
    page = behind(client, publisher.organ, f"applications.received.{column}").content.decode()
    assert table(page, "outcomes") == [("（一）予以公开", number), ("办结合计", number)]
    answered = behind(client, publisher.organ, f"applications.disclosed.{column}").content.decode()
    assert table(answered, "outcomes") == []


def test_a_single_applicant_of_a_kind_is_known_by_no_month(client, publisher):
    six_answers(publisher)
    publisher.published()
    page = behind(client, publisher.organ, "applications.received.enterprise")
    assert table(page.content.decode(), "periods") == [("全年", 1), ("合计", 1)]
    assert "认出" in seen(page).text and "法律没有规定" in seen(page).text
    natural = behind(client, publisher.organ, "applications.received.natural_person").content.decode()
    assert table(natural, "periods") == [("全年", 7), ("合计", 7)]  # or else the eighth would be known to be of June
    whole = behind(client, publisher.organ, "applications.received.total").content.decode()
    assert table(whole, "periods") == [("3月", 4), ("6月", 4), ("合计", 8)]


def test_neither_number_nor_name_nor_text_of_a_case_is_on_any_page(client, publisher):
    six_answers(publisher)
    values = content_of(publisher.published(), 1).report.values
    numbers = [one.number for one in publisher.organ.cases.all()]
    place = [publisher.organ.code, 2025]
    pages = [reverse("portal_report", args=place), reverse("portal_report_file", args=[*place, 1, "json"])]
    pages += [reverse("portal_report_figure", args=[*place, key]) for key, value in values.items() if value]
    for address in pages:
        text = client.get(address).content.decode().replace(publisher.organ.address, "")
        assert not [one for one in (*numbers, *NAMES) if one in text], address


def test_what_comes_late_changes_nothing_behind_a_published_figure(client, publisher):
    six_answers(publisher)
    publisher.published()
    key = "applications.received.total"
    before = behind(client, publisher.organ, key).content
    for day in range(3):
        publisher.decided(date(2025, 3, 3), date(2025, 3, 20 + day))
    assert behind(client, publisher.organ, key).content == before


def test_a_figure_that_a_person_set_has_nothing_behind_it(client, publisher):
    six_answers(publisher)
    filing = publisher.begun()
    content = content_of(filing, 1)
    keys = [
        f"applications.{row}.{column}"
        for row in ("received", "disclosed", "total")
        for column in ("natural_person", "total")
    ]
    values = {key: content.report.values[key] + 1 for key in keys}
    overrides = {
        key: Override(value, value - 1, "纸质台账另有一件。", "张三", "2026-01-12T00:00:00+00:00")
        for key, value in values.items()
    }
    changed = replace(
        content, report=replace(content.report, values={**content.report.values, **values}), overrides=overrides
    )
    found = [one for one in findings_of(filing, changed) if one.severity == "error"]  # the text still says 8
    excuses = tuple(
        Excuse(fingerprint(one), one.message, "纸质台账另有一件。", "张三", "2026-01-12T00:00:00+00:00")
        for one in found
    )
    changed = replace(changed, excuses=excuses)
    save(filing, changed, based_on=1, by=publisher.people["clerk"], today=date(2026, 1, 13), why="更正")
    publisher.go(filing, WAY)
    text = seen(behind(client, publisher.organ, "applications.received.total")).text
    assert "9 件" in text and "与公布时登记的记录数不同" in text and "张三" not in text
    assert "纸质台账" not in text


def test_behind_a_report_that_came_as_a_file_there_is_nothing(client, publisher, make_organ, make_person, organ):
    office = make_organ("云岭市云溪区人民政府办公室", kind="office", parent=organ.parent)
    clerk, supervisor = make_person("clerk", office), make_person("supervisor", office)
    six_answers(publisher)
    compiled = written_out(first_content(organ, 2025))
    filing = begin(
        organ, 2025, Content(compiled.report, source="年报.docx"), by=clerk, today=DAY, why="收到文件", outside=True
    )
    for kind, who, role in (
        ("received", clerk, "clerk"),
        ("accepted", supervisor, "supervisor"),
        ("published", clerk, "clerk"),
    ):
        take(filing, kind, version=1, by=who, roles={role}, today=DAY)
    page = client.get(reverse("portal_report", args=[organ.code, 2025])).content.decode()
    assert "/figures/" not in page
    assert "以文件报送" in seen(behind(client, organ, "applications.received.total")).text


def test_pages_are_in_chinese_and_bring_neither_script_nor_style(client, publisher):
    six_answers(publisher)
    publisher.corrected(publisher.published(), "另有一句。", "第六部分增加一句。")
    place = [publisher.organ.code, 2025]
    for address in (
        reverse("portal_reports"),
        reverse("portal_reports_organ", args=[publisher.organ.code]),
        reverse("portal_report", args=place),
        reverse("portal_report_figure", args=[*place, "applications.received.total"]),
    ):
        page = seen(client.get(address))
        assert not latin_words(page.text + " ".join(page.attributes)) - KNOWN_WORDS - {"HTML"}, address
        ids = [one["id"] for _, one in page.tags if one.get("id")]
        assert len(ids) == len(set(ids)), address
        for tag, attributes in page.tags:
            assert tag != "style" and "style" not in attributes
            assert tag != "script" or attributes == {"type": "application/ld+json"}  # data, which no browser runs


def test_behind_a_governments_figure_are_the_public_reports_of_its_organs_and_no_other(
    client, publisher, make_organ, organ
):
    six_answers(publisher)
    publisher.go(publisher.begun(), [*WAY[:3], "submitted", "published"])
    quiet = Publisher(make_organ("云岭市云溪区商务局", parent=organ.parent))
    for day in range(5):
        quiet.decided(date(2025, 4, 3), date(2025, 4, 10 + day))
    quiet.go(quiet.begun(), [*WAY[:3], "submitted"])
    government = Publisher(organ.parent)
    government.published()
    key = "applications.received.total"
    page = behind(client, organ.parent, key).content.decode()
    assert table(page, "organs") == [(str(organ), 8), ("其余", 5), ("合计", 13)]
    assert "商务局" not in page
    quiet.go(quiet.organ.filings.get(), ["published"])
    page = behind(client, organ.parent, key).content.decode()
    assert sorted(table(page, "organs")) == sorted([(str(organ), 8), ("云岭市云溪区商务局", 5), ("合计", 13)])
