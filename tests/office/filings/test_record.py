"""A filing's way through `begin`, `save`, `take`: only what was reviewed and approved becomes public, and it verifies."""

import json
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.office.filings.content import Content, from_text, to_text
from gongkai.office.filings.drafting import first_content
from gongkai.office.filings.record import ConflictError, RefusedStepError, begin, save, take
from gongkai.office.filings.recorded import BrokenFilingError, content_of, standing_of

from .reporting import written_out

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 12)


@pytest.fixture
def office(make_organ, make_person):
    organ = make_organ("云溪区审计局")
    return organ, {role: make_person(role, organ) for role in ("clerk", "reviewer", "approver")}


def _begun(organ, clerk):
    return begin(organ, 2025, written_out(first_content(organ, 2025)), by=clerk, today=DAY, why="由登记的数据编制")


def _go(filing, people, *kinds):
    takers = {"sent": "clerk", "reviewed": "reviewer", "approved": "approver", "published": "clerk"}
    for kind in kinds:
        role = takers[kind]
        take(filing, kind, version=filing.newest, by=people[role], roles={role}, today=DAY)


def test_what_a_content_holds_comes_back_from_its_text(office):
    organ, _ = office
    content = first_content(organ, 2025)
    assert from_text(to_text(content)) == content


def test_a_text_that_holds_a_report_alone_is_read(office):
    organ, _ = office
    report = first_content(organ, 2025).report
    raw = json.loads(to_text(Content(report)))
    assert from_text(json.dumps({"report": raw["report"]})) == Content(report)


def test_a_report_is_public_after_review_and_approval_and_its_chain_is_whole(office):
    organ, people = office
    filing = _begun(organ, people["clerk"])
    _go(filing, people, "sent", "reviewed", "approved", "published")
    assert (filing.public, filing.stage, filing.published_on) == (1, "approved", DAY)
    assert standing_of(filing).state.public == 1
    assert {one.format for one in filing.files.all()} == {"docx", "html", "pdf", "xlsx", "json", "behind"}


def test_nothing_is_published_that_was_not_approved(office):
    organ, people = office
    filing = _begun(organ, people["clerk"])
    _go(filing, people, "sent", "reviewed")
    with pytest.raises(RefusedStepError):
        _go(filing, people, "published")


def test_who_sent_a_report_for_review_does_not_approve_it_whoever_wrote_it(office, make_person):
    organ, people = office
    filing = _begun(organ, make_person("clerk", organ))
    _go(filing, people, "sent", "reviewed")
    with pytest.raises(RefusedStepError, match="不能是"):
        take(filing, "approved", version=1, by=people["clerk"], roles={"approver"}, today=DAY)


def test_the_second_of_two_who_edit_at_once_is_told(office):
    organ, people = office
    filing = _begun(organ, people["clerk"])
    content = content_of(filing, 1)
    changed = type(content)(content.report, content.computed, source="甲")
    assert save(filing, changed, based_on=1, by=people["clerk"], today=DAY, why="修改") == 2
    with pytest.raises(ConflictError):
        save(filing, content, based_on=1, by=people["clerk"], today=DAY, why="修改")


def test_a_changed_entry_or_version_is_noticed(office):
    organ, people = office
    filing = _begun(organ, people["clerk"])
    entry = filing.entries.get()
    for table in ("filings_filingentry", "filings_filingversion"):
        with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    filing.head = "0" * 64
    filing.save()
    with pytest.raises(BrokenFilingError):
        standing_of(filing)
    assert entry.number == 1
