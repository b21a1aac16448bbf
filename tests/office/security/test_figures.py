"""Figures reach as far as supervision does, and what is done to a lawsuit is read by its own organ's audit administrator."""

from __future__ import annotations

import pytest
from wagtail.models import ModelLogEntry

from gongkai.office.clock import today

from ..builders import client_of, make_case, make_organ, make_person

pytestmark = pytest.mark.django_db


def test_a_scope_holds_nothing_that_its_reader_does_not_supervise():
    bureau = make_organ("云岭市某局")
    below = make_organ("云溪区某局", vertical=bureau)
    own = make_organ("云溪区某局学府派出机构", kind="institution", parent=below, vertical=below)
    foreign = make_organ("云溪区某局代管机构", kind="institution", parent=below)
    for organ in (below, own, foreign):
        make_case(organ)
    browser = client_of(make_person("supervisor", bureau))
    for scope in ("vertical", "parent"):
        address = f"/office/figures/{below.code}/{today().year}/behind/applications.received.total/"
        page = browser.get(address, {"scope": scope}).content.decode()
        assert "学府派出机构" in page and "代管机构" not in page, scope


@pytest.mark.parametrize("role", ["clerk", "office_head", "approver"])
def test_who_does_not_supervise_sees_the_own_organs_figures_alone(desks, role):
    for scope in ("parent", "vertical"):
        address = f"/office/figures/{desks.organ.code}/{today().year}/"
        assert desks.browsers[role].get(address, {"scope": scope}).status_code == 403
    assert desks.browsers[role].get(f"/office/figures/{desks.government.code}/{today().year}/").status_code == 404


def test_a_lawsuit_is_logged_in_the_organ_it_is_about(desks):
    address = f"/office/remedies/{desks.organ.code}/add/"
    desks.browsers["clerk"].post(
        address, {"kind": "reconsideration", "body": "云溪区人民政府", "begun_on": today().isoformat()}
    )
    assert desks.organ.remedies.count() == 1
    assert ModelLogEntry.objects.get(action="remedies.add").data["organ"] == desks.organ.code


def test_a_lawsuit_a_balance_or_an_import_of_another_organ_is_not_found(desks):
    from gongkai.office.remedies.models import Remedy

    other = make_organ()
    theirs = Remedy.objects.create(organ=other, kind="litigation_direct", begun_on=today())
    browser, mine = desks.browsers["clerk"], desks.organ.code
    for address in (
        f"/office/remedies/{mine}/{theirs.pk}/",
        f"/office/remedies/{other.code}/{theirs.pk}/",
        f"/office/interchange/{other.code}/",
        f"/office/interchange/{mine}/import/1/",
        f"/office/figures/{other.code}/balances/{today().year}/",
    ):
        assert browser.get(address).status_code == 404, address
    values = {"kind": "litigation_after_reconsideration", "begun_on": today().isoformat(), "follows": theirs.pk}
    browser.post(f"/office/remedies/{mine}/add/", values)
    assert not desks.organ.remedies.exists()
