"""Two people at one report at the same moment: one version a number, one step once, one edition, and a record that holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from gongkai.office.filings.models import Filing
from gongkai.office.filings.record import ConflictError, RefusedStepError, save, take
from gongkai.office.filings.recorded import content_of, public_edition, standing_of
from gongkai.office.filings.verify import faults_of

from ..builders import make_person
from ..filings import ways
from .test_races import at_once


@pytest.fixture
def place(transactional_db):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory belongs to one thread")
    return ways.district()


def _taking(filing, kind, person, roles, **data):
    def act():
        take(Filing.objects.get(pk=filing.pk), kind, version=1, by=person, roles=roles, today=ways.DAY, data=data)

    return act


def _kinds(filing):
    filing.refresh_from_db()
    assert faults_of(filing) == []
    return ways.kinds_of(standing_of(filing).entries)


def test_of_four_who_save_at_once_one_saves_and_the_others_are_told(place):
    filing = ways.begun(place)
    content = content_of(filing, 1)

    def saving(number):
        def act():
            report = replace(content.report, introduction=f"第{number}个人写的。")
            mine = Filing.objects.get(pk=filing.pk)
            save(
                mine, replace(content, report=report), based_on=1, by=place.people["clerk"], today=ways.DAY, why="修改"
            )

        return act

    raised = at_once(*map(saving, range(4)))
    assert [type(one) for one in raised if one] == [ConflictError] * 3
    assert _kinds(filing) == ["saved", "saved"]


def test_what_is_sent_is_never_changed_by_who_saves_at_the_same_moment(place):
    filing = ways.begun(place)
    content = content_of(filing, 1)
    other = replace(content, report=replace(content.report, introduction="换过的导语。"))

    def saving():
        mine = Filing.objects.get(pk=filing.pk)
        save(mine, other, based_on=1, by=place.people["clerk"], today=ways.DAY, why="修改")

    raised = at_once(saving, _taking(filing, "sent", place.people["clerk"], {"clerk"}))
    assert [type(one) for one in raised if one] == [RefusedStepError]
    assert _kinds(filing) in (["saved", "saved"], ["saved", "sent"])


def test_a_report_that_is_recalled_while_it_is_approved_is_one_or_the_other(place):
    filing = ways.begun(place)
    ways.go(filing, place, "sent", "reviewed")
    at_once(
        _taking(filing, "approved", place.people["approver"], {"approver"}),
        _taking(filing, "recalled", place.people["clerk"], {"clerk"}, reason="还要修改。"),
    )
    kinds = _kinds(filing)
    assert kinds[3:] in (["approved", "recalled"], ["recalled"])
    assert standing_of(filing).state.approved is None


def test_three_who_publish_at_once_publish_one_edition(place):
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED)
    clerks = [make_person("clerk", place.organ) for _ in range(3)]
    raised = at_once(*(_taking(filing, "published", one, {"clerk"}) for one in clerks))
    assert [type(one) for one in raised if one] == [RefusedStepError] * 2
    assert _kinds(filing).count("published") == 1
    assert len(public_edition(filing).editions) == 1


def test_a_report_that_is_recalled_while_it_is_published_is_one_or_the_other(place):
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED)
    at_once(
        _taking(filing, "published", place.people["clerk"], {"clerk"}),
        _taking(filing, "recalled", place.people["clerk"], {"clerk"}, reason="还要修改。"),
    )
    assert _kinds(filing)[4:] in (["published"], ["recalled"])
    filing.refresh_from_db()
    assert (public_edition(filing) is None) == (filing.stage == "draft")
