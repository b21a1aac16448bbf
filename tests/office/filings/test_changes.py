"""与上年比较: changes, reasons that are asked and kept, what was carried over, repeated text."""

import pytest
from django.urls import reverse

from gongkai.office.filings.recorded import content_of

from .reports import make_filed, make_filing

pytestmark = pytest.mark.django_db

CELL = "applications.received.natural_person"
TEXT = "建立重大项目信息公开台账，明确责任科室、公开时限和公开渠道，按月调度通报，确保应公开尽公开。" * 2


@pytest.fixture
def office(make_organ, make_person, client_of):
    organ = make_organ("云溪区审计局", code="audit")
    return organ, client_of(make_person("clerk", organ))


def _page(client, route="filings_changes", *more):
    return client.get(reverse(route, args=["audit", 2025, *more]))


def test_a_jump_is_asked_about_and_the_reason_is_kept_with_the_next_version(office):
    organ, client = office
    make_filed(organ, 2024, {CELL: 20})
    filing = make_filing(organ, 2025, {CELL: 400})
    assert "明显偏多" in _page(client).content.decode()
    sent = {"based_on": 1, "applications.received": "本年受理集中申请三百余件。"}
    client.post(reverse("filings_reasons", args=["audit", 2025]), sent)
    filing.refresh_from_db()
    (excuse,) = content_of(filing, 2).excuses
    assert excuse.reason == "本年受理集中申请三百余件。"
    assert excuse.finding.startswith("unusual-change|")
    assert "本年受理集中申请三百余件。" in _page(client).content.decode()


def test_a_reason_typed_while_somebody_else_saved_stays_in_its_field(office):
    organ, client = office
    make_filed(organ, 2024, {CELL: 20})
    filing = make_filing(organ, 2025, {CELL: 400})
    address = reverse("filings_reasons", args=["audit", 2025])
    client.post(address, {"based_on": 1, "applications.received": "甲。"})
    shown = client.post(address, {"based_on": 1, "applications.received": "乙说明。"}).content.decode()
    assert "乙说明。</textarea>" in shown
    filing.refresh_from_db()
    assert filing.newest == 2


def test_an_ordinary_year_is_asked_about_nothing(office):
    organ, client = office
    make_filed(organ, 2024, {CELL: 20})
    make_filing(organ, 2025, {CELL: 24})
    shown = _page(client).content.decode()
    assert "没有发现与往年相比明显异常的数据" in shown
    assert "+20.0%" in shown


def test_what_was_carried_over_and_did_not_come_in_is_told(office):
    organ, client = office
    make_filed(organ, 2024, {"applications.carried_over.natural_person": 5})
    make_filing(organ, 2025, {"applications.carried_in.natural_person": 3})
    assert "不一致" in _page(client).content.decode()


def test_text_taken_from_last_year_is_marked_in_both(office):
    organ, client = office
    make_filed(organ, 2024, overview="2024年，" + TEXT)
    make_filing(organ, 2025, overview="2025年，" + TEXT)
    assert "100%" in _page(client).content.decode()
    assert _page(client, "filings_repeated", 2024).content.decode().count('<mark class="fc-same">') == 2
    assert _page(client, "filings_repeated", 2019).status_code == 404


def test_problems_taken_from_last_year_are_told_by_themselves(office):
    organ, client = office
    make_filed(organ, 2024, overview="甲" * 60, problems=TEXT)
    make_filing(organ, 2025, overview="乙" * 60, problems=TEXT)
    told = {section: years for section, _, years in _page(client).context["likeness"]}
    assert told == {"overview": [(2024, "0%")], "problems": [(2024, "100%")]}
    address = reverse("filings_repeated", args=[organ.code, 2025, 2024])
    assert f'href="{address}?section=problems"' in _page(client).content.decode()
    assert '<mark class="fc-same">' in client.get(address, {"section": "problems"}).content.decode()
    assert '<mark class="fc-same">' not in client.get(address).content.decode()
    assert client.get(address, {"section": "remedies"}).status_code == 404


def test_without_last_years_report_the_page_says_so(office):
    organ, client = office
    make_filing(organ, 2025)
    assert "不能与上年比较" in _page(client).content.decode()
