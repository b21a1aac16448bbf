"""Random acts by random people on a real database: what the public gets is what was approved, and any tampering shows."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongkai.law.filing import filing_steps
from gongkai.office.cases import append_only
from gongkai.office.filings import record
from gongkai.office.filings.content import digest_of
from gongkai.office.filings.models import Filing
from gongkai.office.filings.record import ConflictError, RefusedStepError, take
from gongkai.office.filings.recorded import (
    BrokenFilingError,
    content_of,
    content_text,
    public_edition,
    published_file,
    standing_of,
)
from gongkai.office.filings.verify import faults_of

from .. import builders
from . import ways

pytestmark = pytest.mark.django_db

ONWARD = ("sent", "reviewed", "approved", "submitted", "accepted", "published")
SAID = {
    "reason": "原因。",
    "changes": "更正了数据。",
    "remarks": [{"text": "有误。"}],
    "answer": "已改。",
    "remark": "1.1",
}

ACTS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=6, max_size=24)


@pytest.fixture(autouse=True)
def _files_are_quickly_made(monkeypatch):
    """Setting PDF pages takes seconds; what is held here holds of any bytes."""
    monkeypatch.setattr(record, "rendered", lambda _, content, *__: {"json": repr(content.report).encode()})


@pytest.fixture
def place(db):
    found = ways.district()
    both = builders.make_person("clerk", found.organ)
    builders.give_role(both, "approver", found.organ)
    return found, {**{one: {role} for role, one in found.people.items()}, both: {"clerk", "approver"}}


def _act(filing, place, people, what, who):
    """One act: mostly a step that leads on, else any, or a save; whether it is let through is not asked here."""
    if what >= 80:
        try:
            return ways.changed(filing, place, f"本年工作平稳。第{what}{who}稿。")
        except (RefusedStepError, ConflictError):
            return None
    state = standing_of(filing).state
    able = [key for key, step in filing_steps().items() if state.stage in step.sources]
    onward = [key for key in able if key in ONWARD] or able
    kind = onward[what % len(onward)] if what < 60 else able[what % len(able)]
    fitting = [one for one, roles in people.items() if roles & filing_steps()[kind].roles]
    person = fitting[who % len(fitting)]
    version = filing.newest if filing_steps()[kind].about == "newest" else state.sent or 0
    try:
        take(filing, kind, version=version, by=person, roles=people[person], today=ways.DAY, data=SAID)
    except RefusedStepError:
        return None
    return kind


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS)
def test_what_is_public_is_what_three_people_sent_reviewed_and_approved(place, acts):
    where, people = place
    Filing.objects.update(year=2019)  # the one of the example before
    organ = builders.make_organ(parent=where.government)
    filing = ways.begun(where, organ)
    for what, who in acts:
        _act(filing, where, people, what, who)
    assert faults_of(filing) == []
    edition = public_edition(filing)
    standing = standing_of(filing)
    published = [one for one in standing.entries if one.kind == "published"]
    assert (edition is None) == (not published)
    for entry in published:
        taken = {one.kind: one for one in standing.entries[: entry.number] if one.version == entry.version}
        assert len({taken[kind].actor_id for kind in ways.APPROVED}) == 3
        saved = next(one for one in standing.entries if one.kind == "saved" and one.version == entry.version)
        assert saved.number < taken["sent"].number < taken["reviewed"].number < taken["approved"].number < entry.number
    if edition:
        saved = next(one for one in standing.entries if one.kind == "saved" and one.version == edition.version)
        assert digest_of(content_text(filing, edition.version)) == saved.data["digest"]
        assert edition.content == content_of(filing, edition.version)
        assert published_file(edition, "json") == repr(edition.content.report).encode()


TAMPERED = {
    "content": "UPDATE filings_filingversion SET content = replace(content, '工作平稳', '工作优秀')",
    "a version removed": "DELETE FROM filings_filingversion",
    "who took a step": "UPDATE filings_filingentry SET actor_id = NULL WHERE kind = 'approved'",
    "a step's version": "UPDATE filings_filingentry SET version = 2 WHERE kind = 'approved'",
    "a step's day": "UPDATE filings_filingentry SET \"on\" = '2026-01-02' WHERE kind = 'published'",
    "a step's kind": "UPDATE filings_filingentry SET kind = 'returned' WHERE kind = 'submitted'",
    "what was said": "UPDATE filings_filingentry SET data = '{}' WHERE kind = 'published'",
    "a digest": "UPDATE filings_filingentry SET digest = previous WHERE kind = 'published'",
    "a step removed": "DELETE FROM filings_filingentry WHERE kind = 'reviewed'",
    "the last step removed": "DELETE FROM filings_filingentry WHERE kind = 'submitted'",
    "the count": "UPDATE filings_filing SET entries_count = entries_count - 1",
    "the seal": "UPDATE filings_filing SET seal = head",
    "the year": "UPDATE filings_filing SET year = 2024",
    "whether it came as a file": "UPDATE filings_filing SET outside = NOT outside",
}


def _tamper(statement):
    """As somebody does who has the database in hand, the triggers taken away."""
    vendor = connection.vendor
    tables = ("filings_filingentry", "filings_filingversion", "filings_publishedfile")
    with connection.cursor() as cursor:
        for table in tables:
            for one in append_only.removing(vendor, table):
                cursor.execute(one)
        cursor.execute(statement)
        for table in tables:
            for one in append_only.installing(vendor, table):
                cursor.execute(one)


@pytest.fixture
def public(place):
    where, _ = place
    filing = ways.begun(where)
    ways.go(filing, where, *ways.APPROVED, "published", "submitted")
    assert public_edition(filing) is not None
    assert faults_of(filing) == []
    return filing


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_changed_behind_the_office_is_noticed_and_not_shown(public, what):
    _tamper(TAMPERED[what])
    public.refresh_from_db()
    assert faults_of(public)
    with pytest.raises(BrokenFilingError):
        public_edition(public)


@pytest.mark.parametrize("change", ["data = '\\x31'", "sha256 = 'x'"])
def test_a_changed_file_is_noticed(public, change):
    _tamper(f"UPDATE filings_publishedfile SET {change}")
    assert [one.message for one in faults_of(public)] == ["第1版公布的文件（json）被改动过。"]


def test_a_changed_file_is_not_given_out(public):
    _tamper("UPDATE filings_publishedfile SET data = '\\x31'")
    with pytest.raises(BrokenFilingError):
        published_file(public_edition(public), "json")


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ("stage = 'accepted'", "办理状态"),
        ("newest = 7", "最新版本"),
        ("approved = NULL", "批准的版本"),
        ("public = NULL", "公布的版本"),
        ("submitted_on = '2026-01-02'", "报送日期"),
        ("accepted_on = '2026-01-02'", "审核通过日期"),
        ("published_on = '2026-01-02'", "首次公布日期"),
        ("touched_at = NULL", "最后办理时间"),
    ],
)
def test_a_changed_column_is_named_and_can_be_made_anew(public, change, label):
    from gongkai.office.filings.verify import rebuild_filings

    before = dict(Filing.objects.values().get())
    _tamper(f"UPDATE filings_filing SET {change}")
    public.refresh_from_db()
    (fault,) = faults_of(public)
    assert f"“{label}”" in fault.message
    assert public_edition(public).version == 1, "the public sees what was recorded, whatever the columns say"
    assert rebuild_filings(Filing.objects.all()) == 1
    assert dict(Filing.objects.values().get()) == before


def test_a_published_day_is_the_day_it_was_published(public):
    assert (public.published_on, public.submitted_on, public.accepted_on) == (ways.DAY, ways.DAY, None)
    assert public.published_on < date(2026, 1, 31)
