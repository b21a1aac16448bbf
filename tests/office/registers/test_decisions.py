"""Counts of decisions and fees: what is counted, what is refused or asked, and that nothing is ever counted twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.office.registers.decisions import (
    WHOLE_YEAR,
    Months,
    change_use,
    comparisons,
    counted_sums,
    enter_figure,
    in_force,
    withdraw_figure,
)
from gongkai.office.registers.models import DecisionFigure
from gongkai.office.registers.queries import records_behind, register_figures
from gongkai.report.form import load_form

from ..builders import make_division, make_organ, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2031, 6, 1)
FORM = load_form("2021")


def put(organ, number, months=1, *, kind="licences", source="双公示", by=None, today=TODAY, **more):
    """Enter a figure of a month of 2025, or of all of it (0)."""
    covered = months if isinstance(months, Months) else Months(months, months) if months else WHOLE_YEAR
    return enter_figure(
        organ, 2025, kind=kind, months=covered, source=source, number=number, by=by, today=today, **more
    )


def figure(organ, kind="licences", form=FORM):
    return register_figures([organ], 2025, form)[organ.pk].get(f"proactive.{kind}")


def refused_at(call):
    with pytest.raises(ValidationError) as refused:
        call()
    return list(refused.value.message_dict)


def test_months_and_divisions_of_one_source_add_up():
    organ = make_organ()
    first, second = make_division(organ), make_division(organ)
    put(organ, 3, 1, division=first)
    put(organ, 4, 1, division=second)
    put(organ, 5, 2)
    assert figure(organ) == 12
    assert [one.number for one in records_behind("proactive.licences", [organ], 2025, FORM)] == [5, 3, 4]


def test_nothing_entered_gives_no_figure_and_nought_entered_gives_nought():
    organ = make_organ()
    assert figure(organ) is None
    put(organ, 0, 0)
    assert figure(organ) == 0


def test_the_older_form_holds_them_among_the_decisions():
    organ = make_organ()
    put(organ, 7)
    assert register_figures([organ], 2025, load_form("2019"))[organ.pk] == {"proactive.licences.decisions": 7}


@pytest.mark.parametrize("amount", ["0.1", "96171.6", "0.000001", "999999999.999999"])
def test_amounts_are_exact_to_six_places(amount):
    organ = make_organ()
    for month in (1, 2, 3):
        put(organ, Decimal(amount), month, kind="fees")
    assert figure(organ, "fees") == Decimal(amount) * 3


def test_amounts_with_more_places_halves_of_decisions_and_numbers_below_nought_are_refused():
    organ = make_organ()
    assert refused_at(lambda: put(organ, Decimal("0.0000001"), kind="fees")) == ["number"]
    assert refused_at(lambda: put(organ, Decimal("1.5"))) == ["number"]
    assert refused_at(lambda: put(organ, -1)) == ["number"]
    assert refused_at(lambda: put(organ, Decimal("NaN"), kind="fees")) == ["number"]
    assert not DecisionFigure.objects.exists()


def test_the_year_and_its_months_of_one_source_exclude_each_other():
    organ = make_organ()
    put(organ, 3, 1)
    assert refused_at(lambda: put(organ, 40, 0)) == ["months"]
    assert refused_at(lambda: put(organ, 9, Months(1, 3))) == ["months"]
    put(organ, 9, Months(4, 6))
    assert refused_at(lambda: put(organ, 1, 5)) == ["months"]
    assert figure(organ) == 12


def test_the_organ_and_its_divisions_exclude_each_other_in_one_source():
    organ = make_organ()
    division = make_division(organ)
    put(organ, 3, 1, division=division)
    assert refused_at(lambda: put(organ, 5, 1)) == ["months"]
    put(organ, 5, 2)
    assert refused_at(lambda: put(organ, 5, 2, division=division)) == ["months"]
    assert figure(organ) == 8


def test_a_second_source_of_the_same_month_has_to_be_answered():
    organ = make_organ()
    put(organ, 10, 1)
    assert refused_at(lambda: put(organ, 8, 1, source="手工台账")) == ["use"]
    assert figure(organ) == 10
    put(organ, 8, 1, source="手工台账", use="compare")
    assert figure(organ) == 10
    (one,) = comparisons(list(in_force(organ, 2025)))
    assert (one.source, one.number, one.counted, one.difference) == ("手工台账", 8, 10, -2)
    change_use(organ, 2025, kind="licences", source="手工台账", use="add", reason="另外的许可", by=None, today=TODAY)
    assert figure(organ) == 18


def test_sources_of_different_months_or_divisions_need_no_answer():
    organ = make_organ()
    first, second = make_division(organ), make_division(organ)
    put(organ, 10, 1)
    put(organ, 8, 2, source="手工台账")
    put(organ, 1, 3, division=first)
    put(organ, 2, 3, division=second, source="手工台账")
    assert figure(organ) == 21


def test_an_answer_holds_for_the_source_s_further_months():
    organ = make_organ()
    for month in (1, 2):
        put(organ, 10, month)
    put(organ, 8, 1, source="手工台账", use="compare")
    assert put(organ, 9, 2, source="手工台账").use == "compare"
    assert figure(organ) == 20


def test_a_comparison_of_other_months_is_told_not_to_compare():
    organ = make_organ()
    put(organ, 100, 0)
    put(organ, 8, 1, source="手工台账", use="compare")
    (one,) = comparisons(list(in_force(organ, 2025)))
    assert one.counted is None and one.difference is None


def test_a_correction_keeps_the_earlier_figure_with_who_and_why():
    organ = make_organ()
    clerk = make_person("clerk", organ)
    first = put(organ, 10, by=clerk)
    assert refused_at(lambda: put(organ, 11, by=clerk)) == ["reason"]
    second = put(organ, 11, reason="漏数一件", by=clerk)
    first.refresh_from_db()
    assert (second.follows, first.ended_by, first.ended_reason, first.number) == (first, clerk, "漏数一件", 10)
    assert figure(organ) == 11
    assert put(organ, 11, by=clerk) == second  # the same once more changes nothing
    assert DecisionFigure.objects.count() == 2


def test_a_withdrawn_figure_counts_no_more_and_gives_its_place_free():
    organ = make_organ()
    one = put(organ, 10)
    assert refused_at(lambda: withdraw_figure(one, reason="", by=None, today=TODAY)) == ["reason"]
    withdraw_figure(one, reason="填错年度", by=None, today=TODAY)
    assert figure(organ) is None
    put(organ, 40, 0)
    assert figure(organ) == 40


def test_figures_of_a_month_to_come_and_of_a_foreign_division_are_refused():
    organ = make_organ()
    assert refused_at(lambda: put(organ, 1, 4, today=date(2025, 3, 31))) == ["months"]
    assert refused_at(lambda: put(organ, 1, division=make_division(make_organ()))) == ["division"]
    put(organ, 1, 3, today=date(2025, 3, 31))


def test_only_who_keeps_the_registers_enters_figures():
    organ = make_organ()
    with pytest.raises(PermissionDenied):
        put(organ, 1, by=make_person("approver", organ))


months = st.sampled_from([WHOLE_YEAR, Months(1, 3), Months(1, 6), *(Months(n, n) for n in (1, 2, 3, 7))])
act = st.tuples(
    st.sampled_from(["双公示", "许可平台", "手工台账"]),
    st.sampled_from([None, 0, 1]),
    months,
    st.integers(0, 99),
    st.sampled_from(["", "", "add", "compare"]),
    st.sampled_from(["enter", "enter", "enter", "enter", "withdraw", "use"]),
)


class NeverTwice(TestCase):
    @settings(max_examples=80, deadline=None)
    @given(st.lists(act, min_size=1, max_size=14))
    def test_no_sequence_of_entries_counts_a_decision_twice(self, acts):
        with transaction.atomic():
            organ = make_organ()
            divisions = [make_division(organ), make_division(organ)]
            for source, scope, covered, number, use, what in acts:
                self._try(organ, source, None if scope is None else divisions[scope], covered, number, use, what)
                counted = [one for one in in_force(organ, 2025) if one.use != "compare"]
                for one in counted:
                    for other in counted:
                        if one.pk < other.pk and one.first <= other.last and other.first <= one.last:
                            scopes = {one.division_key, other.division_key}
                            if len(scopes) == 1 or "" in scopes:  # may be the same decisions
                                assert one.source != other.source
                                assert "add" in (one.use, other.use)
                expected = sum(one.number for one in counted) if counted else None
                assert figure(organ) == expected == counted_sums(list(in_force(organ, 2025))).get("licences")
            transaction.set_rollback(True)

    def _try(self, organ, source, division, covered, number, use, what):
        try:
            with transaction.atomic():
                if what == "enter":
                    put(organ, number, covered, source=source, division=division, use=use, reason="更正")
                elif what == "use":
                    how = {
                        "kind": "licences",
                        "source": source,
                        "use": use,
                        "reason": "说明",
                        "by": None,
                        "today": TODAY,
                    }
                    change_use(organ, 2025, **how)
                elif one := in_force(organ, 2025).filter(source=source).first():
                    withdraw_figure(one, reason="撤回", by=None, today=TODAY)
        except ValidationError:
            pass
