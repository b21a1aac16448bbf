"""Whoever has the database in hand, and what becomes of what was written there past the office."""

from __future__ import annotations

import pytest
from django.db import connection

from gongkai.office.cases import append_only
from gongkai.office.filings import record
from gongkai.office.filings.content import Content, digest_of
from gongkai.office.filings.editions import BEHIND
from gongkai.office.filings.filed import filed_contents, newest_contents
from gongkai.office.filings.models import Filing, FilingEntry, FilingVersion, PublishedFile
from gongkai.office.filings.record import begin, take
from gongkai.office.filings.recorded import BrokenFilingError
from gongkai.office.filings.rollup import rolled_up_with_parts

from ..filings import ways

pytestmark = pytest.mark.django_db

KEY = "applications.received.natural_person"


@pytest.fixture
def past_the_office():
    """The triggers taken away, as an owner of the database can."""
    tables = ("filings_filingentry", "filings_filingversion", "filings_publishedfile")
    with connection.cursor() as cursor:
        for table in tables:
            for one in append_only.removing(connection.vendor, table):
                cursor.execute(one)
        yield
        for table in tables:
            for one in append_only.installing(connection.vendor, table):
                cursor.execute(one)


@pytest.fixture
def place():
    return ways.district()


@pytest.fixture(autouse=True)
def _figures_are_no_matter_here(monkeypatch):
    monkeypatch.setattr(record, "unexcused_errors", lambda *_: 0)


def _given(place):
    """What the department's report gives to the government's, None where it gives nothing."""
    parts = rolled_up_with_parts(place.government, ways.YEAR).parts
    (part,) = [one for one in parts if one.organ == place.organ]
    return part.filed.values.get(KEY) if part.filed and not part.filed.broken else None


def test_a_draft_that_a_column_calls_submitted_is_no_part_of_the_governments_report(place):
    filing = ways.begun(place)
    ways.changed(filing, place, "还没有人看过。", **{KEY: 99})
    Filing.objects.update(stage="submitted", approved=2)
    assert _given(place) is None
    Filing.objects.update(stage="draft", approved=None, public=2)
    assert _given(place) is None


def test_a_version_that_a_column_puts_in_place_of_the_submitted_one_counts_for_nothing(place):
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED, "submitted")
    assert _given(place) == 0
    ways.go(filing, place, "returned", reason="请核对。")
    ways.changed(filing, place, "还没有人看过。", **{KEY: 99})
    assert _given(place) is None
    ways.go(filing, place, *ways.APPROVED, "submitted")
    assert _given(place) == 99
    Filing.objects.update(approved=1)
    assert _given(place) == 99


def test_figures_changed_together_with_their_digest_are_broken_and_do_not_count(place, past_the_office):
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED, "submitted")
    version, entry = FilingVersion.objects.get(), FilingEntry.objects.get(kind="saved")
    text = version.content.replace(f'"{KEY}": 0', f'"{KEY}": 99')
    if text == version.content:
        text = version.content.replace(f'"{KEY}":0', f'"{KEY}":99')
    assert text != version.content
    FilingVersion.objects.update(content=text)
    FilingEntry.objects.filter(pk=entry.pk).update(data={**entry.data, "digest": digest_of(text)})
    assert _given(place) is None
    filings = Filing.objects.all()
    assert [one.broken for one in (*filed_contents(filings).values(), *newest_contents(filings).values())] == [
        True,
        True,
    ]


def test_what_may_be_shown_is_not_counted_against_a_file_that_was_changed(place, past_the_office):
    organ, clerk = place.organ, place.people["clerk"]
    computed = dict.fromkeys(ways.report_of(organ).values, 0)
    content = Content(ways.report_of(organ), computed=computed)
    filing = begin(organ, ways.YEAR, content, by=clerk, today=ways.DAY, why="编制")
    ways.go(filing, place, *ways.APPROVED, "published")
    kept = PublishedFile.objects.get(format=BEHIND)
    PublishedFile.objects.filter(pk=kept.pk).update(data=b"{}")
    ways.go(filing, place, "reopened", reason="更正。")
    ways.changed(filing, place, "更正的文字。")
    ways.go(filing, place, *ways.APPROVED)
    with pytest.raises(BrokenFilingError):
        take(
            filing,
            "published",
            version=filing.newest,
            by=clerk,
            roles={"clerk"},
            today=ways.DAY,
            data={"changes": "更正。"},
        )
    assert filing.entries.filter(kind="published").count() == 1
