"""Steps and stages: which step is possible when, for whom, and what has to be written with it."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.law.filing import (
    FilingEvent,
    FilingRules,
    filing_steps,
    next_steps,
    refusal,
    remarks_of,
    stages,
    state_of,
)
from gongkai.law.filing.steps import read_filing_steps
from gongkai.law.terms import LawError

DAY = date(2026, 1, 12)
RULES = FilingRules(acceptance="after", supervised=True, outside=False, unwaited=date(2026, 1, 30))
TAKERS = {
    "sent": "clerk",
    "reviewed": "reviewer",
    "sent_back": "reviewer",
    "approved": "approver",
    "recalled": "clerk",
    "submitted": "clerk",
    "received": "clerk",
    "returned": "supervisor",
    "accepted": "supervisor",
    "published": "clerk",
    "reopened": "clerk",
    "chased": "supervisor",
    "answered": "clerk",
}


def went(*kinds, version=1):
    """A way; ``kinds`` may be (kind, version) or (kind, version, data)."""
    found = []
    for one in kinds:
        kind, number, data = (one, version, {}) if isinstance(one, str) else (*one, {})[:3]
        found.append(FilingEvent(kind, number, DAY, TAKERS[kind], data))
    return found


def asked(kind, events, *, newest=1, version=1, actor=None, roles=None, on=DAY, rules=RULES, errors=0, **data):
    found = refusal(
        kind,
        state_of(events),
        newest=newest,
        version=version,
        actor=actor or TAKERS[kind],
        roles=roles or {TAKERS[kind]},
        on=on,
        rules=rules,
        errors=errors,
        data=data,
    )
    return found.message if found else ""


APPROVED = ("sent", "reviewed", "approved")


def test_nobody_reviews_or_approves_what_they_wrote_themselves_though_somebody_else_sent_it():
    written = [FilingEvent("saved", 1, DAY, "head"), *went("sent")]
    assert "修改过这份报告的人" in asked("reviewed", written, actor="head", roles={"office_head"})
    assert asked("reviewed", written) == ""
    reviewed = [*written, *went("reviewed")]
    assert "修改过这份报告的人" in asked("approved", reviewed, actor="head", roles={"approver"})
    corrected = [*reviewed, *went("approved", "published", "reopened"), FilingEvent("saved", 2, DAY, "clerk")]
    assert (
        asked("reviewed", [*corrected, *went(("sent", 2))], newest=2, version=2, actor="head", roles={"office_head"})
        == ""
    )


def test_the_ordinary_way_leads_from_a_draft_to_an_accepted_public_report():
    way = [*APPROVED, "submitted", "accepted", "published"]
    for place, kind in enumerate(way):
        assert asked(kind, went(*way[:place])) == "", kind
    state = state_of(went(*way))
    assert (state.stage, state.public, state.accepted) == ("accepted", 1, 1)
    assert next_steps(state, RULES, DAY) == ()


def test_every_step_says_what_it_means_and_where_it_rests():
    assert all(one.means.endswith("。") and one.article for one in filing_steps().values())


def test_only_drafts_and_returned_reports_are_open():
    assert {one.key for one in stages().values() if one.open} == {"draft", "returned"}


@pytest.mark.parametrize("kind", ["reviewed", "approved"])
def test_who_sent_a_report_neither_reviews_nor_approves_it(kind):
    before = {"reviewed": ["sent"], "approved": ["sent", "reviewed"]}[kind]
    assert "不能是办理过" in asked(kind, went(*before), actor="clerk", roles={"reviewer", "approver"})


def test_who_reviewed_a_report_does_not_approve_it():
    assert "不能是办理过" in asked("approved", went("sent", "reviewed"), actor="reviewer", roles={"approver"})


def test_a_step_about_an_older_version_is_refused():
    assert "新的版本" in asked("sent", [], newest=2, version=1)
    assert "新的版本" in asked("reviewed", went("sent", version=2), newest=2, version=1)


def test_errors_without_a_reason_hold_a_report_back():
    assert "还有 2 处错误" in asked("sent", [], errors=2)


@pytest.mark.parametrize(
    ("kind", "before", "words"),
    [
        ("recalled", ["sent"], "请写明原因"),
        ("sent_back", ["sent"], "请写明需要修改的地方"),
        ("returned", [*APPROVED, "submitted"], "请写明需要修改的地方"),
        ("answered", [], "请写明怎样处理的"),
    ],
)
def test_giving_back_and_recalling_need_words(kind, before, words):
    assert words in asked(kind, went(*before))
    assert asked(kind, went(*before), reason="数据有误。", answer="已改正。") == ""


BEFORE = replace(RULES, acceptance="before")


def test_where_acceptance_comes_first_an_organ_waits_until_the_last_working_day_and_no_longer():
    assert "主管部门审核通过后" in asked("published", went(*APPROVED, "submitted"), rules=BEFORE, on=date(2026, 1, 29))
    assert asked("published", went(*APPROVED, "submitted"), rules=BEFORE, on=date(2026, 1, 30)) == ""
    assert asked("published", went(*APPROVED, "submitted", "accepted"), rules=BEFORE, on=date(2026, 1, 13)) == ""


def test_where_acceptance_comes_afterwards_approval_is_enough():
    assert asked("published", went(*APPROVED)) == ""


OUTSIDE = replace(RULES, outside=True)


def test_a_report_from_outside_is_public_only_when_accepted_whatever_the_day():
    assert "审核通过后才能发布" in asked("published", went("received"), rules=OUTSIDE, on=date(2026, 6, 1))
    assert asked("published", went("received", "accepted"), rules=OUTSIDE) == ""


def test_who_received_a_report_does_not_accept_it():
    assert "不能是办理过" in asked("accepted", went("received"), rules=OUTSIDE, actor="clerk", roles={"supervisor"})


def test_a_report_of_an_organ_here_is_not_received_and_one_from_outside_not_sent():
    assert asked("received", []) == asked("sent", [], rules=OUTSIDE) == "这份报告不这样办理。"


def test_the_topmost_government_has_nobody_to_submit_to_and_nobody_who_returns_its_report():
    alone = replace(RULES, supervised=False)
    for kind, before in {"submitted": APPROVED, "returned": (*APPROVED, "published"), "chased": ()}.items():
        assert "没有需要报送的主管部门" in asked(kind, went(*before), rules=alone, reason="。")
    assert next_steps(state_of(went(*APPROVED)), alone, DAY) == ("published",)


def test_what_is_public_is_corrected_and_not_recalled():
    assert "请用“更正报告”" in asked("recalled", went(*APPROVED, "published"), reason="有误。")
    assert asked("reopened", went(*APPROVED, "published"), reason="有误。") == ""
    assert "还没有公布" in asked("reopened", went(*APPROVED), reason="有误。")


def test_a_return_after_publication_leads_to_a_corrected_edition_that_says_what_changed():
    way = went(*APPROVED, "submitted", "published", ("returned", 1, {"reason": "表三有误。"}))
    state = state_of(way)
    assert (state.stage, state.public, state.correcting) == ("returned", 1, True)
    way += went(*APPROVED, "submitted", version=2)
    assert "请写明这一版更正了什么" in asked("published", way, newest=2, version=2)
    assert asked("published", way, newest=2, version=2, changes="更正了表三。") == ""
    after = state_of([*way, *went(("published", 2, {"changes": "更正了表三。"}))])
    assert [one.version for one in after.published] == [1, 2]
    assert not after.correcting


def test_the_office_above_returns_a_report_that_is_public_though_it_was_never_submitted():
    assert asked("returned", went(*APPROVED, "published"), reason="有误。") == ""
    assert "还没有报送" in asked("returned", went(*APPROVED), reason="有误。")


def test_a_report_that_lies_above_is_not_chased():
    assert asked("chased", went("sent")) == ""
    assert "不能催报" in asked("chased", went(*APPROVED, "submitted"))


def test_a_new_round_forgets_who_took_the_steps_of_the_last():
    way = went("sent", ("sent_back", 1, {"reason": "。"}))
    assert asked("sent", way, newest=2, version=2) == ""
    assert state_of([*way, *went("sent", version=2)]).takers == {"sent": "clerk"}


REMARKS = {
    "remarks": [{"text": "这一格有误。", "cell": "proactive.licences"}, {"text": "这句话不准确。", "sentence": "全年"}]
}


def test_remarks_await_an_answer_until_the_report_is_accepted():
    way = went(*APPROVED, "submitted", ("returned", 1, REMARKS))
    first, second = remarks_of(way)
    assert (first.key, first.cell, second.key, second.sentence) == ("5.1", "proactive.licences", "5.2", "全年")
    assert first.open and second.open
    way += went(("answered", 2, {"remark": "5.1", "answer": "已按台账改正。"}))
    first, second = remarks_of(way)
    assert (first.answer, first.open, second.open) == ("已按台账改正。", False, True)
    way += went(*APPROVED, version=2)
    assert remarks_of(way)[1].open, "approval inside the organ settles nothing that came from above"
    assert not any(one.open for one in remarks_of(way + went("submitted", "accepted", version=2)))


def test_the_organs_own_remarks_are_settled_by_approval():
    way = went("sent", ("sent_back", 1, REMARKS), *[(kind, 2) for kind in APPROVED])
    assert not any(one.open for one in remarks_of(way))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"roles": ["king"]}, "king"),
        ({"from": ["nowhere"]}, "nowhere"),
        ({"asks": ["poem"]}, "poem"),
        ({"about": "oldest"}, "oldest"),
        ({"other_than": ["dance"]}, "dance"),
    ],
)
def test_a_wrong_step_is_named(change, words):
    step = {
        "key": "sent", "label": "送审", "done": "送审", "means": "送审。", "from": ["draft"], "roles": ["clerk"],
        "article": "第四十九条", "about": "newest",
    }  # fmt: skip
    raw = {"stages": [{"key": "draft", "label": "起草"}], "steps": [step | change]}
    with pytest.raises(LawError, match=words):
        read_filing_steps(raw, "test.toml")
