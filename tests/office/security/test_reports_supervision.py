"""Who supervises whose report: from above, never one's own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.office.filings.record import RefusedStepError, take
from gongkai.office.supervision.chasing import chase

from ..builders import client_of, make_organ, make_person
from ..filings import ways

pytestmark = pytest.mark.django_db


def _submitted(place, organ=None):
    filing = ways.begun(place, organ)
    ways.go(filing, place, *ways.APPROVED, "submitted")
    return filing


def _accept(filing, person):
    address = reverse("filings_step", args=[filing.organ.code, filing.year, "accepted"])
    status = client_of(person).post(address, {"version": filing.newest}).status_code
    filing.refresh_from_db()
    return status


def test_an_organ_that_leads_a_vertical_system_does_not_accept_its_own_report():
    place = ways.district()
    own = make_person("supervisor", place.organ)
    filing = _submitted(place)
    assert _accept(filing, own) == 403
    assert filing.stage == "submitted"
    assert _accept(filing, place.people["supervisor"]) == 302
    assert filing.stage == "accepted"


def test_it_accepts_those_of_the_organs_that_it_leads():
    place = ways.district()
    leads = make_organ("云岭市审计局")
    place.organ.vertical = leads
    place.organ.save()
    filing = _submitted(place)
    assert _accept(filing, make_person("supervisor", leads)) == 302
    assert filing.stage == "accepted"


def test_nobody_chases_their_own_organ():
    place = ways.district()
    own = make_person("supervisor", place.organ)
    filing = ways.begun(place)
    roles = frozenset({"supervisor"})
    done, refused = chase([place.organ], filing.year, "", by=own, roles=roles, today=ways.DAY)
    assert (done, [organ for organ, _ in refused]) == ([], [place.organ])


def test_one_person_in_every_role_takes_a_report_nowhere():
    place = ways.district()
    filing = ways.begun(place)
    one = place.people["clerk"]
    everything = {"clerk", "office_head", "reviewer", "approver", "supervisor"}
    take(filing, "sent", version=1, by=one, roles=everything, today=ways.DAY)
    with pytest.raises(RefusedStepError):
        take(filing, "reviewed", version=1, by=one, roles=everything, today=ways.DAY)
    ways.go(filing, place, "reviewed")
    with pytest.raises(RefusedStepError):
        take(filing, "approved", version=1, by=one, roles=everything, today=ways.DAY)
    with pytest.raises(RefusedStepError):
        take(filing, "approved", version=1, by=place.people["reviewer"], roles=everything, today=ways.DAY)
    ways.go(filing, place, "approved", "submitted")
    with pytest.raises(RefusedStepError):
        take(filing, "accepted", version=1, by=one, roles=everything, today=ways.DAY)
    with pytest.raises(RefusedStepError):
        take(filing, "accepted", version=1, by=place.people["approver"], roles=everything, today=ways.DAY)
