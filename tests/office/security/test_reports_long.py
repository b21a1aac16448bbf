"""Texts as long as a hostile file can make them: no page waits for what grows with their square."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from gongkai.narrative import Tie
from gongkai.narrative.carrying import carried
from gongkai.office.filings.comparison import compare
from gongkai.report.form import form_for_year
from gongkai.report.report import Report

SIGNS = (
    "的一是在有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然"
)
SECONDS = 30
"""Of the processor, whatever else the machine does; what is tried here took minutes or hours."""


def _text(length, seed):
    chance = random.Random(seed)
    return "".join(chance.choice(SIGNS) for _ in range(length))


def _report(text):
    form = form_for_year(2025)
    return Report(
        organ="云溪区审计局",
        year=2025,
        edition=form.edition,
        values=dict.fromkeys(form.cells, 0),
        sections={"overview": text},
    )


def _lines(number, seed):
    return "\n".join(_text(8, seed + one) for one in range(number))


LONG = {
    "one paragraph": (_text(1_000_000, 1), _text(1_000_000, 2)),
    "many paragraphs": (_lines(20_000, 1), _lines(20_000, 10**6)),
    "the same paragraph again and again": ("同一段。\n" * 100_000, "另一段。\n" + "同一段。\n" * 100_000 + "又一段。"),
    "two signs by turns": ("公开" * 100_000, "开公" * 90_000),
}


@pytest.mark.parametrize("texts", LONG.values(), ids=LONG)
def test_two_long_versions_are_compared_within_seconds(texts):
    old, new = texts
    began = time.process_time()
    (change,) = compare(_report(old), _report(new)).texts
    assert time.process_time() - began < SECONDS
    assert change.paragraphs


def test_a_word_changed_in_a_long_text_is_shown_alone():
    old = _text(300_000, 3)
    (change,) = compare(_report(old + "五件" + old), _report(old + "六件" + old)).texts
    ((first, out, put_in, last),) = change.paragraphs
    assert (first.kind, out.text, put_in.text, last.kind) == ("same", "五", "六", "same")


@pytest.mark.parametrize(
    "new",
    ["收到申请5件。" * 49_000, _text(300_000, 4), "收到申请6件。" * 50_000],
    ids=["shorter", "another", "all figures"],
)
def test_ties_are_carried_into_a_long_text_within_seconds(new):
    old = "收到申请5件。" * 50_000
    ties = [Tie("overview", at * 7 + 4, at * 7 + 5, ("applications.received.person",), 5) for at in range(300)]
    began = time.process_time()
    kept, lost = carried(ties, {"overview": old}, {"overview": new})
    assert time.process_time() - began < SECONDS
    assert len(kept) + len(lost) == len(ties)


def test_ties_of_a_sentence_that_stays_are_kept_in_a_text_too_long_to_be_compared():
    tie = Tie("overview", 4, 5, ("applications.received.person",), 5)
    old, new = "收到申请5件。" + _text(200_000, 5), "收到申请5件。" + _text(200_000, 6)
    assert carried([tie], {"overview": old}, {"overview": new}) == ((tie,), ())
    moved = _text(200_000, 6) + "。收到申请5件。"
    assert carried([tie], {"overview": old}, {"overview": moved})[0] == (replace(tie, start=200_005, end=200_006),)


@pytest.mark.django_db
def test_a_repair_of_five_thousand_digits_is_none(monkeypatch):
    from gongkai.office.filings.views import checks
    from gongkai.report.finding import Finding

    from ..filings.reporting import Reporting

    office = Reporting()
    office.begun()
    found = Finding("identity", "report", "error", "不符。", "第四十九条")
    monkeypatch.setattr(checks, "findings_of", lambda *_: [found])
    sent = {"finding": checks.digest(found), "way": "1" * 5000}
    assert office.browsers["clerk"].post(office.at("filings_mend"), sent).status_code == 409
