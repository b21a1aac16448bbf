"""Documents: what is issued, repealed and in force in a year, what may be entered, and what a correction leaves behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import ModelLogEntry

from gongkai.office.registers.documents import (
    add_document,
    confirm_documents,
    correct_document,
    identity_of,
    withdraw_document,
)
from gongkai.office.registers.models import Confirmation, Document
from gongkai.office.registers.queries import in_force_on, records_behind, register_figures
from gongkai.report.form import load_form

from ..builders import make_organ, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2031, 6, 1)
FORM = load_form("2021")
ROW = "proactive.normative_documents"


def entered(organ, title="云溪区公共停车管理办法", issued=date(2025, 3, 1), *, by=None, today=TODAY, **more):
    values = {"kind": "normative_documents", "title": title, "issued_on": issued, **more}
    return add_document(organ, by=by, today=today, **values)


def figures(organ, year):
    """Issued, repealed, in force at the end of the year."""
    found = register_figures([organ], year, FORM)[organ.pk]
    return tuple(found[f"{ROW}.{figure}"] for figure in ("issued", "repealed", "in_force"))


def test_a_year_counts_by_the_days_and_expiry_is_no_repeal():
    organ = make_organ()
    entered(organ, "甲办法", date(2024, 12, 31))
    entered(organ, "乙办法", date(2025, 1, 1), expires_on=date(2025, 12, 30))
    entered(organ, "丙办法", date(2025, 6, 1), expires_on=date(2025, 12, 31))
    entered(
        organ,
        "丁办法",
        date(2020, 6, 1),
        repealed_on=date(2025, 12, 31),
        repealed_by_other="戊办法（云政规〔2025〕9号）",
    )
    entered(organ, "己办法", date(2020, 6, 1), repealed_on=date(2026, 1, 1))
    assert figures(organ, 2024) == (1, 0, 3)
    assert figures(organ, 2025) == (2, 1, 3)  # 甲, 丙 to its last day, 己
    assert figures(organ, 2026) == (0, 1, 1)


def test_a_document_repealed_after_it_expired_counts_as_repealed_and_leaves_once():
    organ = make_organ()
    entered(organ, "甲办法", date(2020, 1, 1), expires_on=date(2023, 12, 31), repealed_on=date(2025, 5, 1))
    assert [figures(organ, year) for year in (2022, 2023, 2024, 2025)] == [(0, 0, 1), (0, 0, 1), (0, 0, 0), (0, 1, 0)]


def test_the_documents_behind_a_figure_are_those_it_counts():
    organ, other = make_organ(), make_organ()
    first = entered(organ, "甲办法", date(2025, 1, 1))
    entered(other, "甲办法", date(2025, 1, 1))
    entered(organ, "乙办法", date(2024, 1, 1))
    assert records_behind(f"{ROW}.issued", [organ], 2025, FORM) == [first]
    with pytest.raises(KeyError):
        records_behind("applications.received.total", [organ], 2025, FORM)


def test_figures_of_many_organs_take_the_same_number_of_queries(django_assert_num_queries):
    organs = [make_organ() for _ in range(5)]
    for organ in organs:
        entered(organ)
    with django_assert_num_queries(2):
        found = register_figures(organs, 2025, FORM)
    assert [found[organ.pk][f"{ROW}.issued"] for organ in organs] == [1] * 5
    with django_assert_num_queries(2):
        register_figures(organs[:1], 2025, FORM)


def test_the_older_form_has_no_such_figures():
    organ = make_organ()
    entered(organ, issued=date(2020, 3, 1))
    assert register_figures([organ], 2020, load_form("2019"))[organ.pk] == {}


def test_rules_are_entered_only_where_the_organ_may_make_them():
    with pytest.raises(ValidationError) as refused:
        entered(make_organ(), kind="rules")
    assert "没有规章制定权" in refused.value.message_dict["kind"][0]
    organ = make_organ(makes_rules=True)
    entered(organ, kind="rules")
    assert register_figures([organ], 2025, FORM)[organ.pk]["proactive.rules.issued"] == 1


@pytest.mark.parametrize("number", ["云政规〔2025〕3号", "云政规(2025)3号", "云政规 ［2025］ 3号", "云政规[2025]3号"])
def test_the_same_number_is_the_same_document_however_its_brackets_are_typed(number):
    organ = make_organ()
    entered(organ, number="云政规〔2025〕3号")
    with pytest.raises(ValidationError) as refused:
        entered(organ, "另一个名称", number=number)
    assert "已有" in refused.value.message_dict["number"][0]
    assert Document.objects.count() == 1


def test_a_number_without_a_year_is_one_of_the_year_of_issue():
    assert identity_of("甲", "令第3号", date(2024, 1, 1)) != identity_of("甲", "令第3号", date(2025, 1, 1))
    assert identity_of("甲", "云政规〔2024〕3号", date(2024, 1, 1)) == identity_of(
        "乙", "云政规〔2024〕3号", date(2025, 1, 1)
    )
    assert identity_of("甲 办法", "", date(2024, 1, 1)) == identity_of("甲办法", "", date(2024, 1, 1))


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("issued_on", {"issued": TODAY + timedelta(1)}),
        ("repealed_on", {"repealed_on": date(2025, 2, 28)}),
        ("repealed_on", {"repealed_on": TODAY + timedelta(1)}),
        ("repealed_on", {"repealed_by_other": "某办法"}),
        ("expires_on", {"expires_on": date(2025, 2, 28)}),
        ("effective_on", {"effective_on": date(2025, 2, 28)}),
    ],
)
def test_days_that_can_not_be_are_refused_at_their_field(field, values):
    with pytest.raises(ValidationError) as refused:
        entered(make_organ(), **values)
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("role", ["reviewer", "approver", "supervisor"])
def test_only_clerks_and_the_head_of_the_office_write(role):
    organ = make_organ()
    with pytest.raises(PermissionDenied):
        entered(organ, by=make_person(role, organ))
    with pytest.raises(PermissionDenied):
        entered(organ, by=make_person("clerk"))
    assert entered(organ, by=make_person("office_head", organ)).pk


def test_a_government_s_register_is_kept_by_its_office():
    district = make_organ(kind="government")
    office = make_organ(kind="office", parent=district)
    assert entered(district, by=make_person("clerk", office)).organ == district


def test_a_correction_keeps_what_stood_there_with_who_and_why():
    organ = make_organ()
    clerk = make_person("clerk", organ)
    repealing = entered(organ, "新办法", date(2025, 9, 1), number="云政规〔2025〕8号", by=clerk)
    old = entered(organ, "旧办法", date(2020, 1, 1), by=clerk)
    values = {"repealed_on": date(2025, 9, 1), "repealed_by": repealing}
    assert correct_document(old, values, reason="补登废止", by=clerk, today=TODAY)
    assert not correct_document(old, values, reason="再来一次", by=clerk, today=TODAY)
    change = old.changes.get(what="correct")
    assert (change.by, change.reason) == (clerk, "补登废止")
    assert change.changes == {"repealed_on": ["", "2025年9月1日"], "repealed_by": ["", "新办法（云政规〔2025〕8号）"]}
    logged = ModelLogEntry.objects.get(action="registers.document.correct")
    assert logged.user == clerk and logged.data["changes"] == change.changes
    assert figures(organ, 2025) == (1, 1, 1)


def test_a_withdrawn_entry_stays_to_be_read_and_counts_no_more():
    organ = make_organ()
    one = entered(organ, number="云政规〔2025〕3号")
    with pytest.raises(ValidationError):
        withdraw_document(one, reason=" ", by=None, today=TODAY)
    withdraw_document(one, reason="与另一份重复", by=None, today=TODAY)
    assert figures(organ, 2025) == (0, 0, 0)
    assert Document.objects.get(pk=one.pk).ended_reason == "与另一份重复"
    assert entered(organ, number="云政规〔2025〕3号").pk != one.pk
    with pytest.raises(ValidationError):
        correct_document(one, {"title": "改"}, reason="x", by=None, today=TODAY)


def test_what_repeals_another_is_not_withdrawn_before_the_other_is_corrected():
    organ = make_organ()
    new = entered(organ, "新办法")
    entered(organ, "旧办法", date(2020, 1, 1), repealed_on=date(2025, 3, 1), repealed_by=new)
    with pytest.raises(ValidationError):
        withdraw_document(new, reason="填错", by=None, today=TODAY)


def test_a_second_confirmation_takes_the_place_of_the_first_which_is_kept():
    organ = make_organ()
    said = {"body": "云溪区司法局", "confirmed_on": date(2026, 1, 10), "by": None, "today": TODAY}
    first = confirm_documents(organ, 2025, letter="云司函〔2026〕1号", figures={f"{ROW}.in_force": 3}, **said)
    second = confirm_documents(
        organ, 2025, letter="云司函〔2026〕2号", figures={f"{ROW}.in_force": 4}, reason="补登一件", **said
    )
    first.refresh_from_db()
    assert first.ended_reason == "补登一件" and second.follows == first
    assert Confirmation.objects.get(Confirmation.in_force, organ=organ, year=2025) == second


day = st.dates(date(2015, 1, 1), date(2025, 12, 31))
document = st.tuples(day, st.none() | st.integers(0, 3000), st.none() | st.integers(0, 3000))


class InForceOverTheYears(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(document, max_size=8))
    def test_each_year_s_documents_follow_from_the_last_year_s(self, drawn):
        with transaction.atomic():
            organ = make_organ()
            kept = []
            for number, (issued, expiry, repeal) in enumerate(drawn):
                expires = issued + timedelta(expiry) if expiry is not None else None
                repealed = issued + timedelta(repeal) if repeal is not None else None
                entered(
                    organ, f"第{number}号办法", issued, expires_on=expires, repealed_on=repealed, today=date(2040, 1, 1)
                )
                kept.append((issued, expires, repealed))
            before = 0
            for year in range(2015, 2036):
                issued_now, repealed_now, in_force = figures(organ, year)
                expired = sum(
                    expires is not None
                    and (expires + timedelta(1)).year == year
                    and not (repealed and repealed <= expires)
                    for _, expires, repealed in kept
                )
                after_expiry = sum(
                    repealed is not None and repealed.year == year and expires is not None and repealed > expires
                    for _, expires, repealed in kept
                )
                assert in_force == before + issued_now - repealed_now - expired + after_expiry
                assert in_force == in_force_on(organ, date(year, 12, 31))
                before = in_force
            transaction.set_rollback(True)
