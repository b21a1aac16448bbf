"""What is kept of texts to compare a district's fast: written with the step, the same as from the text, rebuilt by command."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.core.management import call_command

from gongkai.comparing import prints_of
from gongkai.office.filings.models import Filing, TextPrints
from gongkai.office.filings.recorded import content_of
from gongkai.office.filings.verify import faults_of, rebuild_filings
from gongkai.office.supervision.alike import alike, district_of_texts

from . import ways

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return ways.district()


@pytest.fixture
def sent(place):
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED, "submitted")
    return filing


def _has(filing):
    return {(one.version, one.section): bytes(one.data) for one in filing.prints.all()}


def test_nothing_is_kept_of_a_draft_and_what_is_sent_is_kept_as_its_text_gives_it(place):
    filing = ways.begun(place)
    assert _has(filing) == {}
    ways.go(filing, place, "sent")
    sections = content_of(filing, 1).report.sections
    assert sections["overview"]
    assert _has(filing) == {(1, key): prints_of(sections[key]) for key in ("overview", "problems") if sections.get(key)}


def test_a_districts_page_makes_none_anew(place, sent, monkeypatch):
    government = place.organ.parent
    plain = alike(district_of_texts(government, sent.year, "overview"))
    monkeypatch.setattr(import_module("gongkai.comparing.prints"), "fingerprints", None)
    assert alike(district_of_texts(government, sent.year, "overview")) == plain
    assert [one.code for one in plain] == [place.organ.code]


def test_a_report_of_which_nothing_was_kept_is_compared_all_the_same(place, sent):
    government = place.organ.parent
    plain = alike(district_of_texts(government, sent.year, "overview"))
    TextPrints.objects.all().delete()
    assert alike(district_of_texts(government, sent.year, "overview")) == plain
    assert faults_of(sent) == []


def test_what_was_altered_is_told_and_set_right_by_rebuilding(sent):
    sound = _has(sent)
    TextPrints.objects.filter(section="overview").update(data=prints_of("别的文字" * 20))
    assert [one.message for one in faults_of(sent)] == [
        "第1版为比对文字留存的数据与文字不符；记录无误的，可用 rebuild 命令重新生成。"
    ]
    assert rebuild_filings(Filing.objects.all()) == 1
    assert _has(sent) == sound
    assert faults_of(sent) == []


def test_rebuilding_keeps_what_was_never_kept(sent):
    sound = _has(sent)
    TextPrints.objects.all().delete()
    call_command("rebuild")
    assert _has(sent) == sound
    assert rebuild_filings(Filing.objects.all()) == 0
