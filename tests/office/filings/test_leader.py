"""The leader's page: what changed and why, what was left as it is, what was set by hand, what is asked."""

import pytest
from django.urls import reverse

from gongkai.office.clock import today
from gongkai.office.filings.content import Override
from gongkai.office.filings.record import take

from .reports import DAY, make_filed, make_filing

pytestmark = pytest.mark.django_db

CELL = "applications.received.total"


@pytest.fixture
def organ(make_organ):
    return make_organ("云溪区审计局", code="audit")


def _page(client):
    return client.get(reverse("filings_leader", args=["audit", 2025])).content.decode()


def test_the_big_figures_stand_beside_last_years(organ, make_person, client_of):
    make_filed(organ, 2024, {"remedies.litigation_direct.total": 2})
    figures = {"remedies.litigation_direct.total": 3, "remedies.litigation_after_reconsideration.total": 4}
    make_filing(organ, 2025, figures)
    assert "上年 2，+5（+250.0%）" in _page(client_of(make_person("approver", organ)))


def test_an_unusual_figure_without_a_reason_and_a_figure_set_by_hand_are_told(organ, make_person, client_of):
    make_filed(organ, 2024, {CELL: 20})
    override = Override(400, 380, "漏登二十件。", "周小禾", "2026-01-12T09:00:00+08:00")
    make_filing(organ, 2025, {CELL: 400}, overrides={CELL: override})
    shown = _page(client_of(make_person("approver", organ)))
    assert "没有写明" in shown
    assert "登记的数据为 380，更正为 400" in shown
    assert "漏登二十件。" in shown


def test_who_may_approve_is_asked_to(organ, make_person, client_of):
    filing = make_filing(organ, 2025)
    for kind, role in (("sent", "clerk"), ("reviewed", "reviewer")):
        person = make_person(role, organ)
        take(filing, kind, version=1, by=person, roles={role}, today=DAY)
    asked = reverse("filings_step", args=["audit", 2025, "approved"])
    assert asked in _page(client_of(make_person("approver", organ)))
    assert "等待分管领导批准" in _page(client_of(make_person("clerk", organ)))


def test_the_first_page_leads_who_has_a_report_to_approve_to_the_leaders_page_and_everybody_else_to_the_report(
    organ, make_person, client_of
):
    year = today().year - 1
    filing = make_filing(organ, year)
    leader, clerk = make_person("approver", organ), make_person("clerk", organ)
    report, one_page = (reverse(name, args=["audit", year]) for name in ("filings_filing", "filings_leader"))

    def leads(person):
        page = client_of(person).get(reverse("wagtailadmin_home")).content.decode()
        return f'<a href="{report}">' in page, f'<a href="{one_page}">' in page

    assert leads(leader) == (True, False), "nothing to approve yet"
    for kind, role in (("sent", "clerk"), ("reviewed", "reviewer")):
        take(filing, kind, version=1, by=make_person(role, organ), roles={role}, today=DAY)
    assert leads(leader) == (False, True)
    assert leads(clerk) == (True, False)
