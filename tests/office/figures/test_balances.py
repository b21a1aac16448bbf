"""Opening balances: entered in balance, counted with the cases, corrected by a new entry, shown behind each figure."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from gongkai.office.figures.balances import enter, entered_cells, entry_of, unbalanced, with_sums
from gongkai.office.figures.models import OpeningBalance, OpeningEntry
from gongkai.office.figures.periods import parse_period, year_of
from gongkai.office.figures.tables import figures, records_behind
from gongkai.report.form import form_for_year
from gongkai.report.identities import violations

FORM = form_for_year(2026)
NUMBERS = {
    "applications.received.natural_person": 7,
    "applications.carried_in.natural_person": 2,
    "applications.disclosed.natural_person": 5,
    "applications.unavailable_not_held.natural_person": 4,
    "applications.received.enterprise": 1,
    "applications.other.enterprise": 1,
    "remedies.reconsideration.upheld": 3,
}


def entry(organ, **fields):
    return OpeningEntry(organ=organ, **{"year": 2026, "through": date(2026, 6, 30), "source": "纸质台账", **fields})


@pytest.fixture
def organ(make_organ):
    return make_organ()


@pytest.fixture
def clerk(make_person, organ):
    return make_person("clerk", organ)


def test_balances_count_in_their_cells_and_in_every_sum(organ, clerk):
    enter(entry(organ), NUMBERS, by=clerk)
    live = figures([organ], year_of(2026), FORM)
    assert live["applications.received.natural_person"] == 7
    assert live["applications.received.total"] == 8
    assert live["applications.disclosed.total"] == 5
    assert live["applications.total.natural_person"] == 9
    assert live["applications.total.total"] == 10
    assert live["applications.carried_over.total"] == 0
    assert live["remedies.reconsideration.upheld"] == 3
    assert live["remedies.reconsideration.total"] == 3
    assert violations(FORM, live) == ()


def test_balances_are_added_to_the_cases(organ, clerk, make_case):
    enter(entry(organ), NUMBERS, by=clerk)
    make_case(organ, received=date(2026, 7, 1), on=date(2026, 7, 1), actor=clerk)
    live = figures([organ], year_of(2026), FORM)
    assert live["applications.received.natural_person"] == 8
    assert live["applications.carried_over.natural_person"] == 1


@pytest.mark.parametrize(
    ("code", "counts"), [("2026", True), ("2026-H1", True), ("2026-Q1", False), ("2026-H2", False), ("2027", False)]
)
def test_balances_count_where_the_period_begins_with_their_year_and_holds_their_days(organ, clerk, code, counts):
    enter(entry(organ), NUMBERS, by=clerk)
    period = parse_period(code)
    live = figures([organ], period, form_for_year(period.last.year))
    assert (live["applications.received.total"] == 8) is counts


def test_what_was_finished_must_have_come_in(organ, clerk):
    wrong = NUMBERS | {"applications.received.enterprise": 2}
    assert list(unbalanced(wrong, FORM)) == ["enterprise"]
    with pytest.raises(ValidationError) as refused:
        enter(entry(organ), wrong, by=clerk)
    assert list(refused.value.message_dict) == ["column:enterprise"]
    assert "新收和结转共 2 件，办理结果共 1 件" in str(refused.value)
    assert not OpeningEntry.objects.exists()


@pytest.mark.parametrize(
    "key", ["applications.total.total", "applications.carried_over.natural_person", "remedies.reconsideration.pending"]
)
def test_sums_and_what_was_still_open_are_not_entered(organ, clerk, key):
    assert key not in entered_cells(FORM)
    with pytest.raises(ValidationError, match="不能填写"):
        enter(entry(organ), {key: 1}, by=clerk)


def test_a_correction_needs_a_reason_and_keeps_what_was_entered_before(organ, clerk):
    enter(entry(organ), NUMBERS, by=clerk)
    with pytest.raises(ValidationError, match="写明原因"):
        enter(entry(organ), {}, by=clerk)
    enter(entry(organ, reason="重复登记了两件"), {"remedies.reconsideration.upheld": 1}, by=clerk)
    first, second = OpeningEntry.objects.order_by("pk")
    assert first.replaced_at is not None and first.balances.count() == len(NUMBERS)
    assert entry_of(organ, 2026) == second
    live = figures([organ], year_of(2026), FORM)
    assert (live["applications.received.total"], live["remedies.reconsideration.upheld"]) == (0, 1)


def test_the_day_lies_in_the_year(organ, clerk):
    with pytest.raises(ValidationError, match="应当在2026年内"):
        enter(entry(organ, through=date(2025, 12, 31)), NUMBERS, by=clerk)


def test_a_source_is_required(organ, clerk):
    with pytest.raises(ValidationError) as refused:
        enter(entry(organ, source=""), NUMBERS, by=clerk)
    assert list(refused.value.message_dict) == ["source"]


def test_they_stand_in_the_list_behind_each_figure_with_their_number(organ, clerk):
    enter(entry(organ), NUMBERS, by=clerk)
    [cell] = records_behind("applications.received.enterprise", [organ], year_of(2026), FORM)
    assert isinstance(cell, OpeningBalance) and cell.number == 1
    behind = records_behind("applications.total.total", [organ], year_of(2026), FORM)
    assert sum(one.number for one in behind) == 10


def test_another_organs_balances_do_not_count(organ, clerk, make_organ):
    enter(entry(organ), NUMBERS, by=clerk)
    assert figures([make_organ()], year_of(2026), FORM)["applications.received.total"] == 0


def test_the_sums_on_the_screen_are_those_of_the_figures(organ, clerk):
    enter(entry(organ), NUMBERS, by=clerk)
    assert with_sums(NUMBERS, FORM) == figures([organ], year_of(2026), FORM)
