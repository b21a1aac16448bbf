"""Accounts, roles and substitutes: from which day to which, and who may not hold what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from gongkai.office.clock import today
from gongkai.office.organs import accounts
from gongkai.office.organs.models import Holding, Person
from gongkai.office.organs.queries import administered, roles_in, supervised

from .conftest import FOUNDED, division, found, person

DAY = timedelta(1)


def test_a_role_counts_from_its_first_day_to_its_last(district):
    one = person(district.market, "jingban")
    first, last = date(2026, 3, 2), date(2026, 3, 6)
    accounts.grant_role(one, "clerk", district.market, since=first, until=last, by=None, today=first)
    held = {day: roles_in(one, district.market, day) for day in (first - DAY, first, last, last + DAY)}
    assert held == {first - DAY: frozenset(), first: {"clerk"}, last: {"clerk"}, last + DAY: frozenset()}


def test_an_ended_role_counts_until_the_day_before(district):
    clerk = person(district.market, "jingban", "clerk")
    accounts.end_role(clerk.holdings.get(), day=today(), by=district.local_security, today=today())
    assert roles_in(clerk, district.market, today() - DAY) == {"clerk"}
    assert roles_in(clerk, district.market, today()) == frozenset()


def test_a_role_of_a_division_counts_for_that_division_only(district):
    first = division(district.market, "zhk", "综合科")
    division(district.market, "fgk", "法规科")
    handler = person(district.market, "chengban", "handler", division=first)
    assert roles_in(handler, district.market, today(), ["zhk"]) == {"handler"}
    assert roles_in(handler, district.market, today(), ["fgk"]) == frozenset()
    assert roles_in(handler, district.market, today()) == frozenset()


@pytest.mark.parametrize("role", ["handler", "division_head"])
def test_a_role_of_a_division_needs_one(district, role):
    one = person(district.market, "chengban")
    with pytest.raises(ValidationError) as refused:
        accounts.grant_role(one, role, district.market, since=today(), by=None, today=today())
    assert "division" in refused.value.message_dict


def test_a_division_of_another_organ_is_refused(district):
    foreign = division(district.commerce, "zhk", "综合科")
    one = person(district.market, "chengban")
    with pytest.raises(ValidationError):
        accounts.grant_role(one, "handler", district.market, division=foreign, since=today(), by=None, today=today())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("system_admin", "security_admin"),
        ("security_admin", "audit_admin"),
        ("audit_admin", "system_admin"),
        ("security_admin", "clerk"),
        ("approver", "audit_admin"),
        ("system_admin", "supervisor"),
    ],
)
def test_administrators_are_separated_from_each_other_and_from_cases(district, first, second):
    one = person(district.market, "renyuan", first)
    with pytest.raises(ValidationError) as refused:
        accounts.grant_role(one, second, district.commerce, since=today(), by=None, today=today())
    assert "role" in refused.value.message_dict


def test_who_was_an_administrator_may_work_on_cases_afterwards(district):
    one = person(district.market, "renyuan")
    accounts.grant_role(
        one, "audit_admin", district.market, since=FOUNDED, until=date(2024, 12, 31), by=None, today=FOUNDED
    )
    accounts.grant_role(one, "clerk", district.market, since=date(2025, 1, 1), by=None, today=FOUNDED)
    assert roles_in(one, district.market, date(2025, 1, 1)) == {"clerk"}


def test_nobody_grants_themselves_a_role(district):
    with pytest.raises(ValidationError) as refused:
        accounts.grant_role(
            district.security, "security_admin", district.market, since=today(), by=district.security, today=today()
        )
    assert "person" in refused.value.message_dict


def test_only_a_security_administrator_grants_roles(district):
    one = person(district.market, "renyuan")
    for by in (district.system, person(district.market, "fuzeren", "office_head")):
        with pytest.raises(PermissionDenied):
            accounts.grant_role(one, "clerk", district.market, since=today(), by=by, today=today())


def test_a_local_administrator_reaches_the_own_organ_and_a_governments_the_whole_territory(district):
    lower = found("street", "学府街道办事处", "township", district.government)
    assert [one.code for one in administered(district.local_security, {"security_admin"}, today())] == ["market"]
    assert lower in administered(district.security, {"security_admin"}, today())
    assert roles_in(district.security, lower, today()) == {"security_admin"}
    assert roles_in(district.local_security, district.commerce, today()) == frozenset()


def test_a_case_role_at_a_government_does_not_reach_down(district):
    clerk = person(district.government, "jingban", "clerk")
    assert roles_in(clerk, district.market, today()) == frozenset()


def test_the_office_of_a_government_supervises_the_territory(district):
    supervisor = person(district.office, "jiandu", "supervisor")
    assert {one.code for one in supervised(supervisor, today())} == {"yunxi", "yunxi-office", "market", "commerce"}


def test_a_department_supervises_its_vertical_system_only(district):
    city = found("city-tax", "云州市税务局", "department", None)
    lower = found("tax", "云溪区税务局", "department", None, vertical=city)
    supervisor = person(city, "jiandu", "supervisor")
    assert {one.code for one in supervised(supervisor, today())} == {"city-tax", lower.code}


def test_a_role_is_granted_for_today_or_later(district):
    one = person(district.market, "renyuan")
    with pytest.raises(ValidationError) as refused:
        accounts.grant_role(
            one, "clerk", district.market, since=today() - DAY, by=district.local_security, today=today()
        )
    assert "since" in refused.value.message_dict


def test_a_substitute_holds_the_role_on_the_named_days_only(district):
    head = person(district.market, "fuzeren", "office_head")
    other = person(district.market, "daili")
    first, last = today() + DAY, today() + 3 * DAY
    accounts.name_substitute(head.holdings.get(), other, since=first, until=last, by=head, today=today())
    held = [roles_in(other, district.market, day) for day in (today(), first, last, last + DAY)]
    assert held == [frozenset(), {"office_head"}, {"office_head"}, frozenset()]
    assert roles_in(head, district.market, first) == {"office_head"}


def test_a_substitution_ends_with_the_role_it_stands_in_for(district):
    head = person(district.market, "fuzeren", "office_head")
    other = person(district.market, "daili")
    held = head.holdings.get()
    accounts.name_substitute(held, other, since=today(), until=today() + 9 * DAY, by=head, today=today())
    accounts.end_role(held, day=today() + DAY, by=district.local_security, today=today())
    assert roles_in(other, district.market, today()) == {"office_head"}
    assert roles_in(other, district.market, today() + DAY) == frozenset()


def test_only_the_holder_names_a_substitute_and_only_from_the_same_organ(district):
    head = person(district.market, "fuzeren", "office_head")
    held = head.holdings.get()
    foreign = person(district.commerce, "waiji")
    with pytest.raises(PermissionDenied):
        accounts.name_substitute(held, foreign, since=today(), until=today(), by=district.local_security, today=today())
    with pytest.raises(ValidationError) as refused:
        accounts.name_substitute(held, foreign, since=today(), until=today(), by=head, today=today())
    assert "person" in refused.value.message_dict


def test_a_substitute_is_not_substituted_and_nobody_stands_in_for_themselves(district):
    head = person(district.market, "fuzeren", "office_head")
    other, third = person(district.market, "daili"), person(district.market, "disan")
    held = head.holdings.get()
    standing_in = accounts.name_substitute(held, other, since=today(), until=today(), by=head, today=today())
    with pytest.raises(ValidationError):
        accounts.name_substitute(standing_in, third, since=today(), until=today(), by=other, today=today())
    with pytest.raises(ValidationError):
        accounts.name_substitute(held, head, since=today(), until=today(), by=head, today=today())


def test_an_administrator_is_no_substitute_for_a_case_role(district):
    head = person(district.market, "fuzeren", "office_head")
    with pytest.raises(ValidationError):
        accounts.name_substitute(
            head.holdings.get(), district.local_security, since=today(), until=today(), by=head, today=today()
        )


def test_a_substitution_has_an_end_in_the_database_too(district):
    held = person(district.market, "fuzeren", "office_head").holdings.get()
    other = person(district.market, "daili")
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(person=other, organ=district.market, role="office_head", since=today(), substitutes=held)


def test_nobody_is_above_the_roles(district):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=district.system.pk).update(is_superuser=True)


def test_a_closed_account_loses_its_roles_for_good(district):
    clerk = person(district.market, "jingban", "clerk")
    accounts.deactivate(clerk, by=district.local_security, today=today())
    password = accounts.reactivate(clerk, by=district.local_security, today=today())
    clerk.refresh_from_db()
    assert roles_in(clerk, district.market, today()) == frozenset()
    assert clerk.must_change_password
    assert clerk.check_password(password)


def test_a_security_administrator_does_not_reset_the_password_of_another_organs_staff(district):
    one = person(district.commerce, "waiji")
    with pytest.raises(PermissionDenied):
        accounts.reset_password(one, by=district.local_security, today=today())
    with pytest.raises(PermissionDenied):
        accounts.reset_password(district.local_security, by=district.local_security, today=today())


def test_granting_and_ending_are_logged(district):
    one = person(district.market, "renyuan")
    held = accounts.grant_role(one, "clerk", district.market, since=today(), by=district.local_security, today=today())
    accounts.end_role(held, day=today() + DAY, by=district.local_security, today=today())
    entries = ModelLogEntry.objects.filter(user=district.local_security).order_by("pk")
    assert [entry.action for entry in entries] == ["organs.role.grant", "organs.role.end"]
    assert all(entry.data["organ"] == "market" for entry in entries)


def test_one_time_passwords_differ_and_are_long(district):
    given = {accounts.reset_password(district.local_system, by=None, today=today()) for _ in range(20)}
    assert len(given) == 20
    assert all(len(one.replace("-", "")) == 16 for one in given)
