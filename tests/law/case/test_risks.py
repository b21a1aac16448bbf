"""What a reviewer is told to weigh, article by article."""

from datetime import date

import pytest

from gongkai.law.case.clock import clock
from gongkai.law.case.risks import read_risks, risks
from gongkai.law.case.state import state_of
from gongkai.law.records import load_toml
from gongkai.law.terms import LawError

from .building import CALENDAR, RULES, make_event

DAY = "2026-09-18"
"""A Friday. By the notice of 2026 (20 September and 10 October worked, 25–27 September and 1–7 October off) the twentieth
working day after it is 22 October."""


def told(*events, on="2026-09-22", near=3):
    rows = [make_event("registered", DAY, submitted_on=DAY), *events]
    state = state_of(rows)
    found = risks(state, clock(state, CALENDAR, RULES, date.fromisoformat(on)), rows, near=near)
    return {one.message: one for one in found}


def drafted(outcome, *grounds, reasons="说明了理由。"):
    return make_event("drafted", "2026-09-21", outcome=outcome, grounds=list(grounds), reasons=reasons)


def test_a_sound_draft_in_good_time_has_no_risk():
    assert told(drafted("disclosed", "provided")) == {}


@pytest.mark.parametrize(
    ("on", "words", "serious"),
    [
        ("2026-10-20", "距答复期限还剩2个工作日", False),
        ("2026-10-23", "答复期限已过1个工作日", True),
    ],
)
def test_time_presses_and_runs_out(on, words, serious):
    [(message, risk)] = told(drafted("disclosed", "provided"), on=on).items()
    assert words in message
    assert (risk.serious, risk.article) == (serious, "政府信息公开条例 第三十三条")


def test_a_refusal_needs_reasons_and_a_ground():
    found = told(drafted("withheld_internal", reasons=" "))
    assert found["不予公开、无法提供、不予处理的，应当说明理由，文稿没有写。"].serious
    assert found["文稿没有选定依据。"].serious


def test_what_may_be_withheld_is_not_what_must_be():
    assert any("可以不公开，不是应当不公开" in one for one in told(drafted("withheld_internal", "personnel")))
    assert not any("可以不公开" in one for one in told(drafted("withheld_state_secret", "state_secret")))


@pytest.mark.parametrize(
    ("outcome", "divided"), [("withheld_third_party", True), ("withheld_inquiry", False), ("partly_disclosed", False)]
)
def test_a_refusal_is_to_be_divided_but_not_one_of_an_inquiry(outcome, divided):
    assert any("区分处理" in one for one in told(drafted(outcome, "privacy"))) is divided


def test_what_is_not_held_was_searched_for():
    draft = drafted("unavailable_not_held", "not_held")
    searched = make_event("finding_returned", "2026-09-21", finding="not_held", search_places="档案室、业务系统")
    assert "答复信息不存在，但是没有检索记录。" in told(draft)
    assert "答复信息不存在，但是没有检索记录。" not in told(searched, draft)


def test_a_third_party_is_asked_heard_and_told():
    draft = drafted("partly_disclosed", "trade_secret")
    asked = make_event("consulted", "2026-09-21", whom="third_party", name="甲公司", received_on=None)
    objects = make_event("consultation_answered", "2026-09-22", consultation=2, opinion="object")
    assert "以第三方合法权益为依据，但是没有书面征求第三方意见。" in told(draft)
    assert "甲公司还没有答复征求的意见。" in told(asked, draft)
    against = told(asked, objects, draft)
    assert [one.serious for message, one in against.items() if "甲公司不同意公开" in message] == [True]


@pytest.mark.parametrize(
    "change",
    [{"key": "unknown"}, {"key": "due_soon"}, {"grounds": ["nothing"]}, {"outcomes": ["nothing"]}, {"serious": "true"}],
)
def test_a_mistake_in_the_data_is_refused_with_the_place(change):
    first, *rest = load_toml("case/risks.toml", "risks")["risks"]
    with pytest.raises(LawError, match=r"test\.toml：risks\[0\]|test\.toml：risks\[1\]"):
        read_risks({"risks": [{**first, **change}, *rest]}, "test.toml")
