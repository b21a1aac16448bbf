"""Letters cover every outcome and every step, and their list is loaded strictly."""

import re
import tomllib
from importlib.resources import files

import pytest

from gongkai.law import outcomes
from gongkai.law.case.grounds import grounds_of
from gongkai.letters import LettersError, letter, letters, letters_for_outcome, letters_for_step, placeholders
from gongkai.letters.body import body_text
from gongkai.letters.catalogue import parse_letters

ENTRY = '[[letters]]\nkey = "a"\ntitle = "某书"\nkind = "公"\narticles = ["某条例 第一条"]\n'


@pytest.mark.parametrize("code", [term.code for term in outcomes().terms])
def test_every_outcome_has_a_reply(code):
    assert letters_for_outcome(code)


def test_there_are_the_21_outcomes_of_the_form_and_no_letter_names_another():
    named = {code for one in letters().values() for code in one.outcomes}
    assert named == {term.code for term in outcomes().terms}
    assert len(named) == 21


def test_the_grounds_of_letters_are_grounds_of_their_outcomes_and_no_two_letters_share_one():
    for outcome in {code for one in letters().values() for code in one.outcomes if one.grounds}:
        named = [ground for one in letters_for_outcome(outcome) for ground in one.grounds]
        assert sorted(named) == sorted({one.code for one in grounds_of(outcome)} & set(named))


def test_not_existing_and_not_this_organ_are_two_letters_of_one_outcome():
    assert [one.key for one in letters_for_outcome("unavailable_not_held")] == ["not_existing", "not_this_organ"]


@pytest.mark.parametrize(
    "step",
    [
        "registered", "receipt_confirmed", "correction_requested", "reasons_requested", "extension_notified", "delay_set",
        "fee_notified", "third_party_informed", "transferred", "rectified", "rectification_refused", "rectification_forwarded",
        "rectification_redirected", "disclosure_decided", "submitted", "dispatched", "lapsed_uncorrected",
        "lapsed_fee_unpaid", "withdrawn",
    ],
)  # fmt: skip
def test_every_step_that_sends_a_letter_has_one(step):
    assert letters_for_step(step)


@pytest.mark.parametrize(
    ("party", "sent"),
    [
        ("third_party", ["third_party_letter", "opinion_reply", "consultation_notice"]),
        ("co_producer", ["co_producer_letter", "consultation_notice"]),
        ("other_organ", ["assistance_letter", "consultation_notice"]),
        ("", []),
    ],
)
def test_who_is_consulted_gets_a_letter_of_its_own_and_the_applicant_is_told(party, sent):
    assert [one.key for one in letters_for_step("consulted", party)] == sent


@pytest.mark.parametrize(
    ("key", "articles"),
    [
        ("disclosed", {"第三十六条第（二）项"}),
        ("already_public", {"第三十六条第（一）项"}),
        ("partly_disclosed", {"第三十七条", "第三十六条第（三）项"}),
        ("withheld_state_secret", {"第十四条", "第三十六条第（三）项"}),
        ("withheld_other_law", {"第十四条", "第三十六条第（三）项"}),
        ("withheld_stability", {"第十四条", "第三十六条第（三）项"}),
        ("withheld_third_party", {"第十五条", "第三十二条"}),
        ("withheld_internal", {"第十六条第一款"}),
        ("withheld_deliberative", {"第十六条第二款"}),
        ("withheld_enforcement_file", {"第十六条第二款"}),
        ("withheld_inquiry", {"第三十六条第（七）项"}),
        ("not_existing", {"第三十六条第（四）项"}),
        ("not_this_organ", {"第三十六条第（五）项"}),
        ("needs_creation", {"第三十八条"}),
        ("still_unclear", {"第三十条"}),
        ("declined_petition", {"第三十九条第一款"}),
        ("declined_repeat", {"第三十六条第（六）项"}),
        ("declined_publication", {"第三十九条第二款"}),
        ("declined_abusive", {"第三十五条"}),
        ("lapsed_uncorrected", {"第三十条"}),
        ("lapsed_unpaid", {"第四十二条"}),
        ("correction_notice", {"第三十条"}),
        ("reasons_notice", {"第三十五条"}),
        ("extension_notice", {"第三十三条第二款"}),
        ("delay_notice", {"第三十五条"}),
        ("third_party_letter", {"第三十二条"}),
        ("third_party_informed", {"第三十二条"}),
        ("co_producer_letter", {"第三十四条"}),
        ("consultation_notice", {"第三十三条第三款"}),
        ("fee_notice", {"第四十二条"}),
        ("rectified", {"第四十一条"}),
        ("rectification_forwarded", {"第四十一条"}),
        ("suggestion_reply", {"第四十四条第二款"}),
        ("publication_transfer", {"第四十四条"}),
        ("registration_receipt", {"第三十一条", "第三十三条"}),
    ],
)
def test_the_letter_cites_the_article_it_rests_on(key, articles):
    """As the Regulations of 2019 number them."""
    text = body_text(key)
    for article in articles:
        assert article in text


@pytest.mark.parametrize("key", list(letters()))
def test_no_letter_cites_an_article_of_the_regulations_that_is_not_listed_for_it(key):
    """List and body are two places: neither may drift from the other."""
    listed = "".join(letter(key).articles)
    cited = re.findall(r"第[一二三四五六七八九十]+条", body_text(key))
    # Articles that a letter tells of for orientation, not as its basis.
    told = {"delay_notice": {"第三十三条"}}
    assert {one for one in cited if one not in listed} <= told.get(key, set())


def test_the_replies_that_refuse_or_grant_tell_of_remedies_and_procedural_notices_do_not():
    replies = [one for one in letters().values() if one.outcomes and one.key != "withdrawn"]
    assert all("remedy" in one.required for one in replies)
    for key in ("correction_notice", "extension_notice", "consultation_notice"):
        assert placeholders()["remedy"].name not in body_text(key)


def test_a_third_party_that_keeps_silent_has_not_agreed_and_a_co_producing_organ_has():
    """Articles 32 and 34 are opposites."""
    assert "逾期未提出意见的，由本机关依照上述条例的规定决定是否公开" in body_text("third_party_letter")
    assert "视为同意" not in body_text("third_party_letter")
    assert "逾期未提出意见的，视为同意公开" in body_text("co_producer_letter")


def test_a_list_tells_letters_of_the_same_title_apart():
    assert letter("withheld_internal").label == "政府信息不予公开决定书（内部事务信息）"
    labels = [one.label for one in letters().values()]
    assert len(labels) == len(set(labels))


def test_every_body_has_a_letter():
    bodies = {one.name.removesuffix(".txt") for one in files("gongkai.letters").joinpath("bodies").iterdir()}
    assert bodies == set(letters())


def test_what_is_not_verified_says_so():
    for key in ("fee_notice", "lapsed_unpaid"):
        assert letter(key).mark == "memory"
    for key in ("transfer_notice", "declined_reconfirmation", "withdrawn"):
        assert letter(key).mark == "infer"


def test_an_unknown_letter_is_refused_by_name():
    with pytest.raises(LettersError, match="没有“nothing”这一种文书"):
        letter("nothing")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ENTRY.replace('kind = "公"\n', ""), "缺少 kind"),
        (ENTRY + 'colour = "red"\n', "不认识 colour"),
        (ENTRY + 'note = 1\n', "note 应当是文字"),
        (ENTRY + 'outcomes = "disclosed"\n', "outcomes 应当是一组文字"),
        (ENTRY.replace('["某条例 第一条"]', "[]"), "articles 不能为空"),
        (ENTRY + 'to = "everyone"\n', "不认识 to“everyone”"),
        (ENTRY + 'required = ["shoe_size"]\n', "没有这样的占位符：shoe_size"),
        (ENTRY + 'steps = "registered"\n', "steps 应当是一组文字"),
        (ENTRY + ENTRY, r"letters\[1\]：“a”重复"),
        ("[[papers]]\n", "顶层应当是 letters"),
        ("= 1", "不是有效的 TOML"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_list_is_told_with_its_place(text, why):
    with pytest.raises(LettersError, match=f"x.toml：.*{why}"):
        parse_letters(text, "x.toml")


def test_the_file_holds_no_more_than_is_loaded():
    raw = tomllib.loads(files("gongkai.letters").joinpath("letters.toml").read_text("utf-8"))
    assert [item["key"] for item in raw["letters"]] == list(letters())
