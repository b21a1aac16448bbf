"""Figures that a person sets: who, when and why stay beside what the records say, and nothing else changes unasked."""

from decimal import Decimal

import pytest

from gongkai.office.filings.compiling import compute
from gongkai.office.filings.content import from_text, to_text
from gongkai.office.filings.drafting import first_content, recompiled
from gongkai.office.filings.figuring import base_of, sums_following, with_figures
from gongkai.office.filings.record import save
from gongkai.report.form import form_for_year

from ..builders import make_case
from ..typing_in import forms_of
from .reporting import DAY, RECEIVED, Reporting

pytestmark = pytest.mark.django_db

FORM = form_for_year(2025)
CELL, ROW, COLUMN, ALL = (
    f"applications.{key}"
    for key in ("disclosed.natural_person", "disclosed.total", "total.natural_person", "total.total")
)
WHO = {"reason": "纸质台账另有一件。", "by": "王经办", "at": "2026-01-12T09:30:00+08:00"}
FEES = "proactive.fees"


@pytest.fixture
def office():
    return Reporting()


def test_the_cells_that_are_named_here_are_cells():
    assert {CELL, ROW, COLUMN, ALL, FEES} <= FORM.cells.keys()


def test_a_figure_set_by_a_person_keeps_what_the_records_gave_and_who_when_why(office):
    content = with_figures(first_content(office.organ, 2025), {CELL: 3}, **WHO)
    assert content.report.values[CELL] == 3 and content.computed[CELL] == 0
    one = from_text(to_text(content)).overrides[CELL]
    assert (one.value, one.was, one.reason, one.by, one.at) == (3, 0, *WHO.values())


def test_only_the_cell_that_was_set_changes(office):
    before = first_content(office.organ, 2025)
    after = with_figures(before, {CELL: 3}, **WHO)
    assert {key for key in before.report.values if before.report.values[key] != after.report.values[key]} == {CELL}


def test_setting_what_the_records_say_takes_back_what_was_set(office):
    before = first_content(office.organ, 2025)
    assert with_figures(with_figures(before, {CELL: 3}, **WHO), {CELL: 0}, **WHO) == before


def test_the_sums_that_follow_a_cell_are_those_of_its_row_its_column_and_of_all():
    values = dict.fromkeys(FORM.cells, 0)
    assert sums_following(FORM, values, {CELL: 3}) == {ROW: 3, COLUMN: 3, ALL: 3}
    assert sums_following(FORM, {**values, CELL: 2, ROW: 2, COLUMN: 2, ALL: 2}, {CELL: 0}) == {
        ROW: 0,
        COLUMN: 0,
        ALL: 0,
    }


def test_a_sum_that_is_set_itself_or_has_a_blank_part_does_not_follow():
    values = dict.fromkeys(FORM.cells, 0)
    assert ROW not in sums_following(FORM, values, {CELL: 3, ROW: 5})
    assert COLUMN not in sums_following(
        FORM, {**values, "applications.partly_disclosed.natural_person": None}, {CELL: 3}
    )


def test_new_figures_leave_what_a_person_set_and_stand_beside_it(office):
    content = with_figures(first_content(office.organ, 2025), {"applications.received.natural_person": 7}, **WHO)
    make_case(office.organ, received=RECEIVED, as_of=RECEIVED)
    after = recompiled(content, compute([office.organ], 2025)[office.organ.pk])
    assert after.report.values["applications.received.natural_person"] == 7
    assert after.computed["applications.received.natural_person"] == 1
    assert after.overrides == content.overrides
    assert after.report.values["applications.received.total"] == 1
    assert (after.ties, after.report.sections) == (content.ties, content.report.sections)


def test_a_report_that_came_as_a_file_goes_back_to_what_the_file_says(office):
    filed = first_content(office.organ, 2025)
    filed = type(filed)(filed.report, source="annual.docx")
    after = with_figures(with_figures(filed, {CELL: 3}, **WHO), {CELL: 4}, **WHO)
    assert base_of(after, CELL) == 0 and after.overrides[CELL].value == 4
    assert with_figures(after, {CELL: 0}, **WHO) == filed


def test_a_figure_is_set_on_its_page_with_the_persons_name(office):
    office.begun()
    answer = office.set(CELL, "３件")
    assert answer.status_code == 302
    content = office.newest()
    one = content.overrides[CELL]
    assert (one.value, one.was, one.reason, one.by) == (3, 0, "纸质台账另有一件。", office.people["clerk"].name)
    assert content.report.values[ROW] == 0
    page = office.browsers["reviewer"].get(office.at("filings_cell", CELL)).content.decode()
    assert "人工更正" in page and "纸质台账另有一件。" in page and office.people["clerk"].name in page
    assert 'name="value"' not in page
    tables = office.browsers["reviewer"].get(office.at("filings_tables")).content.decode()
    assert "改·原0" in tables and "纸质台账另有一件。" in tables


def test_the_sums_are_set_along_where_one_asks_for_it_and_go_back_with_it(office):
    office.begun()
    office.set(CELL, "3", together="1")
    content = office.newest()
    assert [content.report.values[key] for key in (CELL, ROW, COLUMN, ALL)] == [3, 3, 3, 3]
    assert content.overrides.keys() == {CELL, ROW, COLUMN, ALL}
    assert "一起改" in content.overrides[ALL].reason
    sent = {"based_on": office.filing.newest, "together": "1"}
    office.browsers["clerk"].post(office.at("filings_override_end", CELL), sent)
    assert office.newest().overrides == {}


@pytest.mark.parametrize(
    ("key", "typed"),
    [(CELL, "-1"), (CELL, "1.5"), (CELL, "三"), (CELL, ""), (CELL, "٣"), (FEES, "12.1234567"), (FEES, "-1")],
)
def test_what_is_no_figure_of_the_cell_is_explained_and_kept(office, key, typed):
    office.begun()
    answer = office.set(key, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'value="{typed}"' in page or not typed
    assert "纸质台账另有一件。" in page and "没有保存" in page
    assert office.newest().overrides == {}


def test_amounts_are_decimal_and_exact(office):
    office.begun()
    office.set(FEES, "12.50 万元")
    assert office.newest().report.values[FEES] == Decimal("12.5")


def test_a_figure_is_not_set_without_a_reason(office):
    office.begun()
    answer = office.set(CELL, "3", reason=" ")
    assert answer.status_code == 422 and "请写明更正的原因。" in answer.content.decode()


def test_a_cell_that_no_register_gives_is_filled_in_on_its_page(office):
    office.begun()
    content = office.newest()
    blank = next(key for key in FORM.cells if content.report.values[key] is None)
    assert "未填" in office.browsers["clerk"].get(office.at("filings_tables")).content.decode()
    office.set(blank, "0", reason="没有发生。")
    assert office.newest().report.values[blank] == 0


def test_who_saved_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(office):
    filing = office.begun()
    other = with_figures(office.newest(), {COLUMN: 2}, **WHO)
    save(filing, other, based_on=1, by=office.people["clerk"], today=DAY, why="更正")
    answer = office.set(CELL, "3", based_on=1)
    page = answer.content.decode()
    assert answer.status_code == 409 and "新的版本" in page and 'value="3"' in page and "纸质台账另有一件。" in page
    assert CELL not in office.newest().overrides
    assert 'name="based_on" value="2"' in page


def test_a_repair_that_the_checks_propose_is_made_by_one_press(office):
    office.begun()
    office.set(ROW, "5", reason="试填。")
    page = office.browsers["clerk"].get(office.at("filings_cell", ROW)).content.decode()
    assert "按核对建议修正" in page
    (form,) = [one for one in forms_of(page, "") if "/repair/" in one.action]
    (name,) = form.fields
    sent = {name: form.fields[name].value, "based_on": office.filing.newest}
    assert office.browsers["clerk"].post(form.action, sent).status_code == 302
    content = office.newest()
    assert content.report.values[ROW] == 0 and ROW not in content.overrides


def test_reading_is_not_writing_and_another_organs_report_is_not_there(office, make_person, client_of):
    office.begun()
    assert office.set(CELL, "3", role="reviewer").status_code == 403
    for route in ("filings_recompile", "filings_override_end"):
        more = [CELL] if route == "filings_override_end" else []
        assert office.browsers["reviewer"].post(office.at(route, *more), {"based_on": 1}).status_code == 403
    stranger = client_of(make_person("clerk"))
    assert stranger.get(office.at("filings_tables")).status_code == 404
    assert stranger.post(office.at("filings_cell", CELL), {"value": "3"}).status_code == 404
    assert office.newest().overrides == {}
