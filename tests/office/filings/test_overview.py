"""The first page of a report: how sound the newest version is, and whether what is registered has changed since."""

import re

import pytest

from gongkai.office.filings.gate import Summary
from gongkai.office.filings.record import take
from gongkai.office.filings.views import overview

from .reporting import DAY, Reporting, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Reporting()


def test_errors_and_warnings_are_counted_and_lead_to_the_checks(office, monkeypatch):
    office.begun()
    monkeypatch.setattr(overview, "summary", lambda *_: Summary(errors=2, excused=1, warnings=3, notes=4))
    page = office.page("clerk", "filings_filing")
    for words in ("✕ 2处错误", "1处错误写明了理由", "有3处提醒", f'href="{office.at("filings_checks")}">去核对'):
        assert words in page


def test_a_figure_that_becomes_wrong_counts_as_one_more_on_the_first_page(office):
    office.begun()

    def errors():
        found = re.search(r"✕ (\d+)处错误", office.page("clerk", "filings_filing"))
        return int(found[1]) if found else 0

    before = errors()
    office.set("applications.received.total", "5")  # of parts that are all nought
    assert errors() > before


def test_what_was_registered_since_is_told_while_the_report_is_open_and_leads_to_the_tables(office):
    office.begun()
    told = "登记数据发生了变化"
    assert told not in office.page("clerk", "filings_filing")
    answered(office.organ, 5, clerk=office.people["clerk"])
    page = office.page("clerk", "filings_filing")
    assert told in page
    assert f'href="{office.at("filings_tables")}">到统计表查看' in page


def test_of_a_report_that_was_sent_nothing_is_told_that_nobody_may_change(office, monkeypatch):
    from gongkai.office.filings import record

    office.begun()
    monkeypatch.setattr(record, "unexcused_errors", lambda *_: 0)
    clerk = office.people["clerk"]
    take(office.filing, "sent", version=1, by=clerk, roles={"clerk"}, today=DAY)
    answered(office.organ, 5, clerk=clerk)
    assert "登记数据发生了变化" not in office.page("clerk", "filings_filing")
