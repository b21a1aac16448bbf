"""The board of a district: who has to file, how each stands, chasing, and that more organs cost no more queries."""

from __future__ import annotations

import io
from datetime import date
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.office.clock import today
from gongkai.office.filings.chased import last_chases
from gongkai.office.filings.models import Chase, DistrictRules
from gongkai.office.supervision.board import board

from ..builders import client_of, make_organ, make_person
from ..filings import ways

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db):
    return ways.district()


def at(place, route="supervision_board", *more):
    return reverse(route, args=[place.government.code, ways.YEAR, *more])


def names(place, on=date(2026, 1, 12)):
    return {one.organ.code for one in board(place.government, ways.YEAR, on).lines}


def test_all_organs_file_that_existed_at_the_end_of_the_year_but_those_led_from_outside(place):
    elsewhere = make_organ(kind="department")
    led = make_organ(parent=place.government, vertical=elsewhere)
    new = make_organ(parent=place.government, since=date(2026, 1, 5))
    gone = make_organ(parent=place.government, until=date(2025, 6, 30))
    township = make_organ(kind="township", parent=place.government)
    found = names(place)
    assert {place.office.code, place.organ.code, township.code} <= found
    assert not {led.code, new.code, gone.code, place.government.code} & found


def test_townships_file_where_the_district_says_so(place):
    township = make_organ(kind="township", parent=place.government)
    DistrictRules.objects.create(organ=place.government, townships=False)
    assert township.code not in names(place)


def test_from_the_board_one_gets_to_the_roll_up_and_to_likeness_of_the_same_government_and_year(place):
    supervisor = client_of(place.people["supervisor"])
    page = supervisor.get(at(place)).content.decode()
    for route in ("supervision_rollup", "supervision_likeness"):
        assert f'href="{at(place, route)}"' in page
        assert supervisor.get(at(place, route)).status_code == 200


def test_an_organ_abolished_after_the_year_is_filed_for_by_who_took_over(place):
    gone = make_organ("云溪区旧局", parent=place.government, until=date(2026, 1, 5), successor=place.organ)
    lines = {one.organ.code: one for one in board(place.government, ways.YEAR, date(2026, 1, 12)).lines}
    assert lines[gone.code].note == "已撤销，由云溪区审计局办理"


def test_who_has_filed_is_told_from_who_has_not_and_who_is_late(place):
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED, "submitted")
    found = board(place.government, ways.YEAR, date(2026, 2, 1))
    lines = {one.organ.code: one for one in found.lines}
    assert (lines[place.organ.code].label, lines[place.organ.code].filed) == ("已报送", True)
    late = lines[place.office.code]
    assert (late.label, late.late, late.left) == ("尚未开始", True, "已超过1天")
    assert found.counts["未报送"] == 1
    on_time = board(place.government, ways.YEAR, date(2026, 1, 31))
    assert on_time.counts["已逾期"] == 0


def test_an_organ_that_corrects_what_it_has_filed_and_published_is_not_late(place):
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED, "submitted", "accepted", "published")
    ways.go(filing, place, "reopened", reason="更正。")
    [line] = [one for one in board(place.government, ways.YEAR, date(2026, 3, 1)).lines if one.organ == place.organ]
    assert (line.label, line.filed, line.late) == ("更正中（起草）", True, False)
    ways.go(filing, place, "sent")
    assert place.organ not in [one.organ for one in board(place.government, ways.YEAR, date(2026, 3, 1)).unfiled]


def test_a_report_that_was_given_back_or_recalled_has_not_been_filed(place):
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED, "submitted")
    ways.go(filing, place, "recalled", reason="还要改。")
    assert place.organ in [one.organ for one in board(place.government, ways.YEAR, ways.DAY).unfiled]
    ways.go(filing, place, *ways.APPROVED, "submitted", "accepted", "published")
    ways.go(filing, place, "returned", reason="表三有误。")
    [line] = [one for one in board(place.government, ways.YEAR, ways.DAY).lines if one.organ == place.organ]
    assert (line.label, line.filed) == ("被退回修改", False)


def test_several_are_chased_at_once_whether_they_have_begun_or_not(place):
    filing = ways.begun(place)
    answer = client_of(place.people["supervisor"]).post(
        at(place, "supervision_chase"), {"organ": [place.organ.code, place.office.code], "text": "请尽快报送。"}
    )
    assert answer.status_code == 302
    filing.refresh_from_db()
    assert filing.entries.last().kind == "chased"
    assert Chase.objects.get().organ == place.office
    chased = last_chases([place.organ, place.office], ways.YEAR)
    assert {pk: (one.text, one.times) for pk, one in chased.items()} == {
        place.organ.pk: ("请尽快报送。", 1),
        place.office.pk: ("请尽快报送。", 1),
    }
    page = client_of(place.people["clerk"]).get(reverse("filings_filing", args=[place.organ.code, ways.YEAR]))
    assert "主管部门催报" in page.content.decode()


def test_a_chase_is_told_until_the_report_is_filed_and_anew_when_a_correction_is_chased(place):
    filing = ways.begun(place)
    supervisor = client_of(place.people["supervisor"])
    chased = {"organ": [place.organ.code], "text": "请尽快报送。"}

    def is_told():
        page = client_of(place.people["clerk"]).get(reverse("filings_filing", args=[place.organ.code, ways.YEAR]))
        return "◆ 主管部门催报" in page.content.decode()

    supervisor.post(at(place, "supervision_chase"), chased)
    assert is_told()
    ways.go(filing, place, *ways.APPROVED, "submitted", "accepted", "published")
    ways.go(filing, place, "reopened", reason="更正。")
    assert not is_told()
    supervisor.post(at(place, "supervision_chase"), chased)
    assert is_told()


def test_an_organ_that_has_not_begun_sees_on_its_first_page_that_it_was_chased(place):
    year = today().year - 1
    Chase.objects.create(
        organ=place.organ, year=year, on=today(), at="2026-02-01T08:00Z", by=place.people["supervisor"]
    )
    client = client_of(place.people["clerk"])
    for route in ("filings_start", "wagtailadmin_home"):
        assert "主管部门催报" in client.get(reverse(route)).content.decode(), route


def test_chasing_nobody_or_who_has_filed_is_refused_with_words(place):
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED, "submitted")
    client = client_of(place.people["supervisor"])
    for chosen in ([], [place.organ.code], ["nobody"]):
        answer = client.post(at(place, "supervision_chase"), {"organ": chosen, "text": "请报送。"})
        assert answer.status_code == 422
        assert "请选择要催报的机关" in answer.content.decode()
        assert "请报送。" in answer.content.decode()
    assert not Chase.objects.exists()


def test_the_list_goes_out_as_a_workbook_and_as_csv(place):
    client = client_of(place.people["supervisor"])
    text = client.get(at(place, "supervision_board_file", "csv")).content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("机关,办理状态,下一步")
    assert "云溪区审计局,尚未开始,编制,2026-01-31" in text
    book = client.get(at(place, "supervision_board_file", "xlsx")).content
    with ZipFile(io.BytesIO(book)) as archive:
        assert "云溪区审计局" in archive.read("xl/sharedStrings.xml").decode()


def test_more_organs_cost_no_more_queries(place):
    ways.begun(place)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            board(place.government, ways.YEAR, date(2026, 1, 12))
        return len(found)

    before = queries()
    for _ in range(12):
        ways.begun(place, make_organ(parent=place.government))
    assert queries() == before


def test_before_a_report_is_begun_it_is_made_here_by_who_works_here_and_sent_as_a_file_by_everybody_else(place):
    elsewhere = make_organ(parent=place.government)
    reviewed = make_organ(parent=place.government)
    make_person("reviewer", reviewed)  # who only reviews makes no report
    below = make_organ(kind="government", parent=place.government)
    make_person("office_head", make_organ(kind="office", parent=below))
    gone = make_organ(parent=place.government, until=date(2026, 1, 5), successor=place.organ)
    found = board(place.government, ways.YEAR, date(2026, 1, 12))
    steps = {one.organ.code: one.step for one in found.lines}
    assert {one: steps[one.code] for one in (place.organ, elsewhere, reviewed, below, gone)} == {
        place.organ: "编制", elsewhere: "报送文件", reviewed: "报送文件", below: "编制", gone: "编制"
    }  # fmt: skip
    assert found.own.step == "编制"
    ways.begun(place)
    again = board(place.government, ways.YEAR, date(2026, 1, 12))
    assert {one.organ.code: one.step for one in again.lines}[place.organ.code] == "送审"


def test_a_higher_governments_supervisor_sees_the_board_and_chases_nobody_past_the_districts_office(place):
    city = make_organ("云州市人民政府", kind="government")
    place.government.parent = city
    place.government.save()
    client = client_of(make_person("supervisor", city))
    page = client.get(at(place, "supervision_board")).content.decode()
    assert "云溪区审计局" in page
    assert reverse("supervision_settings", args=[place.government.code]) not in page
    assert 'name="organ"' not in page
    chosen = {"organ": [place.organ.code], "text": "请尽快报送。"}
    answer = client.post(at(place, "supervision_chase"), chosen, follow=True).content.decode()
    assert f"这份报告报送{place.government}的政府信息公开工作主管部门" in answer
    assert not Chase.objects.exists()
    assert client.get(reverse("supervision_settings", args=[place.government.code])).status_code == 403
