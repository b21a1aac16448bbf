"""A case that was transferred (移交) is the business of the organ that handles it now, under the number it always had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from gongkai.law.case.steps import steps
from gongkai.office.calendars import law_of
from gongkai.office.cases.desk import desk_of, offers_for
from gongkai.office.cases.handling import case_called
from gongkai.office.cases.inbox import counts, in_tab, place_of
from gongkai.office.cases.letter_choice import letters_of_event
from gongkai.office.cases.letter_values import values_for
from gongkai.office.cases.models import Case
from gongkai.office.cases.numbering import numbered
from gongkai.office.cases.rebuild import rebuild, recompute
from gongkai.office.cases.record import RefusedStepError
from gongkai.office.cases.related import related_to
from gongkai.office.cases.verify import verify
from gongkai.office.clock import today
from gongkai.office.organs.models import Division, Organ, Person
from gongkai.office.remedies.models import Remedy

from ..builders import client_of, make_case, make_division, make_organ, make_person, take

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Offices:
    """Two organs with a clerk and a division of the same key each; ``case``: registered by ``old``, transferred to ``new``."""

    old: Organ
    new: Organ
    old_clerk: Person
    new_clerk: Person
    old_division: Division
    new_division: Division
    case: Case


@pytest.fixture
def offices() -> Offices:
    old, new = make_organ("云溪区商务局"), make_organ("云溪区市场监督管理局", telephone="0871-1234567")
    divisions = [make_division(old, "市场科", key="zhk"), make_division(new, "综合科", key="zhk")]
    clerks = [make_person("clerk", one, name=f"{one}经办人") for one in (old, new)]
    case = make_case(old)
    assign(case, clerks[0], "zhk")
    take(case, "transferred", actor=make_person("office_head", old), organ=new.code, reason="机构改革，职权划转。")
    return Offices(old, new, *clerks, *divisions, case)


def assign(case: Case, clerk: Person, division: str) -> None:
    take(case, "assigned", actor=clerk, division=division, matters="检索并反馈。", internal_due=today().isoformat())


def test_it_keeps_its_number_and_its_chain_where_it_was_registered(offices):
    assert (offices.case.organ, offices.case.handled_by) == (offices.old, offices.new)
    assert list(verify(Organ.objects.all())) == []


def test_the_organ_that_has_it_now_opens_it_and_the_other_no_longer(offices):
    address = reverse("cases_case", args=[offices.old.code, offices.case.number])
    page = client_of(offices.new_clerk).get(address)
    assert page.status_code == 200
    assert "云溪区商务局登记，移交本机关办理" in page.content.decode()
    assert client_of(offices.old_clerk).get(address).status_code == 404


def test_it_waits_in_the_inbox_of_the_organ_that_has_it_now(offices):
    law = law_of(offices.new)
    there = place_of(offices.new_clerk, offices.new, law.calendar, today())
    here = place_of(offices.old_clerk, offices.old, law.calendar, today())
    assert list(in_tab(there, "open")) == [offices.case] and counts(there)["unassigned"] == 1
    assert list(in_tab(here, "open")) == [] and counts(here)["open"] == 0
    page = client_of(offices.new_clerk).get(reverse("cases_organ_inbox", args=[offices.new.code])).content.decode()
    assert reverse("cases_case", args=[offices.old.code, offices.case.number]) in page
    assert "云溪区商务局登记" in page


def test_its_screens_lead_on_to_its_own_address_whoever_handles_it(offices):
    client = client_of(offices.new_clerk)
    own = make_case(offices.new, description="另一件")
    assert own.number == offices.case.number  # each is the first of its register
    note = reverse("cases_step", args=[offices.old.code, offices.case.number, "note"])
    answer = client.post(note, {"on": today().isoformat(), "text": "已收到移交的材料。"})
    assert answer.headers["Location"] == reverse("cases_case", args=[offices.old.code, offices.case.number])
    assert offices.case.events.last().kind == "note" and own.events.last().kind == "registered"


def test_divisions_and_people_are_those_of_the_organ_that_has_it_now(offices):
    one = desk_of(offices.case, offices.new_clerk, frozenset({"clerk"}), today())
    offered = offers_for(one, steps()["assigned"])
    assert list(offered.divisions) == [("zhk", "综合科")]
    assert offices.new.code not in dict(offers_for(one, steps()["transferred"]).organs)
    assert offices.case.assigned.count() == 0
    assign(offices.case, offices.new_clerk, "zhk")
    assert list(offices.case.assigned.all()) == [offices.new_division]
    make_division(offices.old, key="only-there")
    with pytest.raises(RefusedStepError):
        assign(offices.case, offices.new_clerk, "only-there")
    assert list(verify(Organ.objects.all())) == []


def test_a_handler_of_the_division_that_had_it_has_it_no_longer(offices):
    handlers = [make_person("handler", division=one) for one in (offices.old_division, offices.new_division)]
    address = reverse("cases_case", args=[offices.old.code, offices.case.number])
    assert [client_of(one).get(address).status_code for one in handlers] == [404, 404]
    assign(offices.case, offices.new_clerk, "zhk")
    assert [client_of(one).get(address).status_code for one in handlers] == [404, 200]


def test_letters_are_signed_and_numbered_by_the_organ_that_sent_them(offices):
    Organ.objects.filter(pk=offices.new.pk).update(short_code="云市监")
    case = Case.objects.get(pk=offices.case.pk)
    one = desk_of(case, offices.new_clerk, frozenset({"clerk"}), today())
    transferred, step = one.last("transferred"), steps()["correction_requested"]

    class Typed:
        on, data = today(), {"matters": "请写明年度。"}

    with numbered(one, step, Typed) as data:
        assert data["number"].startswith("云市监")
    take(case, "correction_requested", actor=offices.new_clerk, matters="请写明年度。", until=_far().isoformat())
    one = desk_of(case, offices.new_clerk, frozenset({"clerk"}), today())
    for row, sender in ((transferred, "云溪区商务局"), (one.last("correction_requested"), "云溪区市场监督管理局")):
        letter = letters_of_event(one, row)[0]
        assert values_for(one, row, letter.key)["organ"] == sender


def _far() -> date:
    return law_of(make_organ()).calendar.after(today(), 20)


def test_its_days_count_by_the_settings_of_the_organ_that_has_it_now(offices):
    offices.new.settings = {"other_organ": 3}
    offices.new.save()
    case = offices.case
    take(case, "consulted", actor=offices.new_clerk, whom="other_organ", name="某局", matter="清单")
    assert recompute([offices.old]) == recompute([offices.new]) == 0
    offices.new.settings = {"other_organ": 5}
    offices.new.save()
    assert recompute([offices.old]) == 0
    assert recompute([offices.new]) == 1


def test_the_applicants_other_cases_are_found_whoever_registered_them(offices):
    own = make_case(offices.new)
    assert related_to(own).earlier == [offices.case]
    assert related_to(make_case(offices.old)).earlier == []


def test_a_column_that_was_changed_shows_and_is_written_anew(offices):
    Case.objects.filter(pk=offices.case.pk).update(handled_by=offices.old)
    found = [str(one) for one in verify(Organ.objects.all())]
    assert len(found) == 1 and "办理机关" in found[0]
    assert rebuild(Case.objects.all()) == 1
    assert list(verify(Organ.objects.all())) == []
    assert Case.objects.get(pk=offices.case.pk).handled_by == offices.new


def test_it_may_go_back_but_not_to_where_it_is(offices):
    head = make_person("office_head", offices.new)
    with pytest.raises(RefusedStepError) as refused:
        take(offices.case, "transferred", actor=head, organ=offices.new.code, reason="重复移交。")
    assert [one.field for one in refused.value.refusals] == ["organ"]
    take(offices.case, "transferred", actor=head, organ=offices.old.code, reason="移交有误。")
    assert offices.case.handled_by == offices.old
    assert list(verify(Organ.objects.all())) == []


def test_a_transfer_that_names_the_wrong_organ_is_set_right(offices):
    third = make_organ()
    row = offices.case.events.get(kind="transferred")
    wrong = {"event": row.number, "reason": "填错了机关。", "actor": row.actor}
    with pytest.raises(RefusedStepError):
        take(offices.case, "record_corrected", **wrong, values={"organ": "nobody"})
    take(offices.case, "record_corrected", **wrong, values={"organ": third.code})
    assert offices.case.handled_by == third
    assert list(verify(Organ.objects.all())) == []


def test_cases_of_two_registers_with_one_number_are_told_apart(offices):
    own = make_case(offices.new)
    assert own.number == offices.case.number
    assert (own.reference, offices.case.reference) == (own.number, f"{offices.old.code}/{own.number}")
    assert case_called(offices.new, own.reference) == own
    assert case_called(offices.new, offices.case.reference) == offices.case
    assert case_called(offices.old, offices.case.number) == offices.case
    assert case_called(make_organ(), offices.case.reference) is None


def test_a_remedy_against_it_is_the_business_of_either_organ_and_of_no_other(offices):
    def wrong(organ: Organ) -> bool:
        remedy = Remedy(
            organ=organ, case=offices.case, kind="reconsideration", number="望政复〔1〕1号", begun_on=today()
        )
        try:
            remedy.full_clean()
        except ValidationError as error:
            return "case" in error.message_dict
        return False

    assert [wrong(one) for one in (offices.old, offices.new, make_organ())] == [False, False, True]
