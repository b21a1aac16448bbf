"""The steps, lists, grounds and roles are complete, tied to each other, and loaded strictly."""

from typing import get_args

import pytest

from gongkai.law import outcomes
from gongkai.law.case.changes import CHANGES
from gongkai.law.case.grounds import decisions, grounds, grounds_of
from gongkai.law.case.guide import questions
from gongkai.law.case.lists import label_of, lists
from gongkai.law.case.state import Status
from gongkai.law.case.steps import Phase, parse_steps, steps
from gongkai.law.roles import read_roles, roles
from gongkai.law.terms import LawError
from gongkai.letters import letters

ROLES = (
    *("clerk", "handler", "division_head", "reviewer", "legal_reviewer", "confidentiality_reviewer", "office_head"),
    *("approver", "supervisor", "system_admin", "security_admin", "audit_admin"),
)

STEP = """
[groups]
open = ["open"]

[[steps]]
key = "note"
label = "备注"
done = "已备注"
day = "备注之日"
article = "第四十五条"
phase = "handling"
roles = ["clerk"]
while = ["open"]
guide = "备注。"
fields = [{ key = "text", label = "内容", type = "text" }]
"""


def test_the_sample_step_is_sound():
    assert parse_steps(STEP, "甲.toml")["note"].statuses == ("open",)


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('label = "备注"\n', "", "缺少 label"),
        ('guide = "备注。"', 'guide = "备注。"\npurpose = "x"', "不认识 purpose"),
        ('phase = "handling"', 'phase = "later"', "later"),
        ('roles = ["clerk"]', 'roles = ["mayor"]', "mayor"),
        ('while = ["open"]', 'while = ["shut"]', "shut"),
        ('type = "text"', 'type = "poem"', "poem"),
        ('type = "text"', 'type = "choice"', "choices"),
        ('type = "text"', 'type = "choice", choices = "colours"', "colours"),
        ('type = "text"', 'type = "text", when = { field = "other", is = ["x"] }', "other"),
        ('guide = "备注。"', 'guide = "备注。"\nanswers = ["asked"]', "asked"),
        ('guide = "备注。"', 'guide = "备注。"\nmark = "perhaps"', "perhaps"),
        ('guide = "备注。"', "guide = 3", "guide 应当是文字"),
        ("}]", '}, { key = "text", label = "又", type = "text" }]', "text"),
    ],
)
def test_a_wrong_step_is_refused_with_file_and_place(right, wrong, words):
    assert right in STEP
    with pytest.raises(LawError, match=words) as refused:
        parse_steps(STEP.replace(right, wrong), "甲.toml")
    assert "甲.toml" in str(refused.value)


def test_a_step_that_comes_twice_is_refused():
    with pytest.raises(LawError, match=r"note.*重复"):
        parse_steps(STEP + STEP[STEP.index("[[steps]]") :], "甲.toml")


def test_every_role_of_an_office_has_a_label_and_an_article():
    assert tuple(roles()) == ROLES
    assert all(role.label and role.does.endswith("。") and role.article for role in roles().values())
    with pytest.raises(LawError, match="重复"):
        read_roles([{"key": "a", "label": "甲", "does": "乙。", "article": "丙"}] * 2, "角色")


def test_every_step_says_when_to_take_it_and_by_whom():
    for step in steps().values():
        assert step.guide.endswith("。") and step.article and step.roles, step.key
        assert {"supervisor", "system_admin", "security_admin", "audit_admin"}.isdisjoint(step.roles), step.key
        assert all(one.help == "" or one.help.endswith("。") for one in step.fields), step.key


def test_only_the_head_of_the_disclosure_office_approves_an_extension():
    assert steps()["extension_approved"].roles == ("office_head",)


def test_no_purpose_is_asked_of_an_applicant():
    """第二十七条 asks for no need any more; the registration has no field for one."""
    labels = [one.label for one in steps()["registered"].fields]
    assert not [label for label in labels if "用途" in label or "目的" in label or "需要的理由" in label]


def test_who_the_applicant_is_stays_outside_the_record():
    personal = {one.key for one in steps()["registered"].fields if one.personal}
    assert personal >= {"applicant_name", "id_number", "telephone", "address", "email", "agent_name"}


def test_statuses_and_phases_have_labels():
    assert {term.code for term in lists()["statuses"].terms} == set(get_args(Status))
    assert {term.code for term in lists()["phases"].terms} == set(get_args(Phase))
    assert label_of("statuses", "closed") == "已办结"


def test_every_change_belongs_to_a_step():
    assert set(CHANGES) <= set(steps())


def test_every_result_rests_on_grounds_and_passes_a_review_of_its_kind():
    for term in outcomes().terms:
        one = decisions()[term.code]
        assert grounds_of(term.code), term.code
        assert one.stages[0] == "reviewed" and one.stages[-1] == "approved"
        assert ("confidentiality_reviewed" in one.stages) == (term.code in ("disclosed", "partly_disclosed"))
        assert ("legally_reviewed" in one.stages) == (
            term.code not in ("disclosed", "other_uncorrected", "other_fee_unpaid")
        )
    assert {outcome for one in grounds().values() for outcome in one.outcomes} == set(decisions())


def test_the_guide_asks_the_five_questions():
    assert [one.short for one in questions()] == ["补不补", "该不该", "有没有", "给不给", "当不当"]
    assert all(one.mark == "memory" for one in questions())


def test_the_letters_name_steps_that_there_are_and_parties_that_may_be_consulted():
    assert {key for one in letters().values() for key in one.steps} <= set(steps())
    parties = {term.code for term in lists()["consulted_parties"].terms}
    assert {party for one in letters().values() for party in one.parties} == parties
    assert all(one.steps == ("consulted",) for one in letters().values() if one.parties)


def test_every_letter_belongs_to_a_step_or_tells_of_a_result():
    assert all(one.steps or one.outcomes for one in letters().values())


def test_every_list_has_a_name_and_a_label_for_each_code():
    for vocabulary in lists().values():
        assert vocabulary.name and not vocabulary.name.isascii()
        assert all(term.label and not term.label.isascii() for term in vocabulary.terms)
