"""The remedy paragraph names the way that the law gave on the day of the decision (expected values: 行政复议法, 法释〔2025〕8号)."""

from datetime import date

import pytest

from gongkai.law.outcomes import outcomes
from gongkai.law.remedy_notice import letter_notice, reconsideration_organs, remedy_notice
from gongkai.law.terms import LawError

ORGAN = "某市某区人民政府"
NEW_YEAR_2024, NEW_YEARS_EVE_2023 = date(2024, 1, 1), date(2023, 12, 31)
BEFORE_INTERPRETATION, INTERPRETATION = date(2025, 5, 31), date(2025, 6, 1)

# 条例第十四条至第十六条: 表三（三）1 to 7. The list is written out so that a new row of the form must be decided on.
WITHHELD = [
    "withheld_state_secret",
    "withheld_other_law",
    "withheld_stability",
    "withheld_third_party",
    "withheld_internal",
    "withheld_deliberative",
    "withheld_enforcement_file",
]
DIRECT = [
    "disclosed",
    "withheld_inquiry",
    "unavailable_not_held",
    "unavailable_needs_creation",
    "unavailable_unclear",
    "declined_petition",
    "declined_repeat",
    "declined_publication",
    "declined_abusive",
    "declined_reconfirmation",
    "other_uncorrected",
    "other_fee_unpaid",
    "other",
]


def notice(outcome, on, grounds=(), **more):
    return remedy_notice(outcome, on, grounds, **{"reconsideration_organ": ORGAN, **more})


def reconsideration_first(text):
    return f"先向{ORGAN}申请行政复议" in text


def court_at_once(text):
    return "6个月内，向有管辖权的人民法院提起行政诉讼" in text


def test_the_lists_here_and_partial_disclosure_are_all_the_outcomes():
    assert {*WITHHELD, *DIRECT, "partly_disclosed"} == {term.code for term in outcomes().terms}


@pytest.mark.parametrize("outcome", WITHHELD)
@pytest.mark.parametrize("on", [NEW_YEAR_2024, BEFORE_INTERPRETATION, INTERPRETATION])
def test_withholding_must_go_to_reconsideration_first_since_2024(outcome, on):
    found = notice(outcome, on)
    assert reconsideration_first(found.text)
    assert not court_at_once(found.text)
    assert "第二十三条第一款第四项" in found.article
    assert "60日内" in found.text
    assert "15日内" in found.text


@pytest.mark.parametrize("outcome", DIRECT)
@pytest.mark.parametrize("on", [NEW_YEARS_EVE_2023, NEW_YEAR_2024, BEFORE_INTERPRETATION, INTERPRETATION])
def test_anything_else_may_go_to_court_at_once(outcome, on):
    found = notice(outcome, on)
    assert court_at_once(found.text)
    assert f"60日内，向{ORGAN}申请行政复议" in found.text
    assert not reconsideration_first(found.text)


@pytest.mark.parametrize("outcome", [*WITHHELD, "partly_disclosed"])
def test_before_2024_nothing_had_to_go_to_reconsideration_first(outcome):
    found = notice(outcome, NEW_YEARS_EVE_2023, ["withheld_internal"] if outcome == "partly_disclosed" else ())
    assert court_at_once(found.text)
    assert not reconsideration_first(found.text)
    assert found.mark == "memory"


def test_the_judicial_interpretation_is_cited_from_its_first_day_on():
    assert "法释〔2025〕8号" not in notice("unavailable_not_held", BEFORE_INTERPRETATION).article
    assert "法释〔2025〕8号第一条第一项" in notice("unavailable_not_held", INTERPRETATION).article
    assert "法释〔2025〕8号第一条第二项" in notice("withheld_internal", INTERPRETATION).article
    assert "法释〔2025〕8号第一条第三项" in notice("disclosed", INTERPRETATION).article


def test_that_court_is_open_at_once_was_only_inferred_before_the_interpretation_said_so():
    assert notice("declined_repeat", BEFORE_INTERPRETATION).mark == "infer"
    assert notice("declined_repeat", INTERPRETATION).mark == ""
    assert notice("withheld_inquiry", INTERPRETATION).mark == "infer"


@pytest.mark.parametrize("grounds", [(), ("withheld_third_party",), ("withheld_internal", "withheld_deliberative")])
def test_the_withheld_part_of_a_partial_disclosure_goes_to_reconsideration_first(grounds):
    found = notice("partly_disclosed", INTERPRETATION, grounds)
    assert found.text.startswith("如对本答复中不予公开的部分不服，应当")
    assert reconsideration_first(found.text)
    assert not court_at_once(found.text)
    assert found.mark == "infer"


def test_a_partial_disclosure_whose_rest_does_not_exist_may_go_to_court_at_once():
    found = notice("partly_disclosed", INTERPRETATION, ["unavailable_not_held"])
    assert court_at_once(found.text)
    assert not reconsideration_first(found.text)
    assert found.mark == "infer"


def test_a_partial_disclosure_with_both_tells_both_ways_part_by_part():
    found = notice("partly_disclosed", INTERPRETATION, ["unavailable_not_held", "withheld_internal"])
    withheld, rest = found.text.split("如对本答复的其他部分不服")
    assert reconsideration_first(withheld)
    assert not court_at_once(withheld)
    assert court_at_once(rest)
    assert "第一条第二项" in found.article
    assert "第一条第一项" in found.article


def test_full_disclosure_is_told_of_neutrally():
    text = notice("disclosed", INTERPRETATION).text
    assert text.startswith("如认为所提供的政府信息不符合申请的内容或者形式")
    assert "不服" not in text


def test_every_notice_awaits_legal_review_and_leaves_no_blank():
    for term in outcomes().terms:
        for on in (NEW_YEARS_EVE_2023, BEFORE_INTERPRETATION, INTERPRETATION):
            found = notice(term.code, on)
            assert found.review == "须经法制审核"
            assert found.article
            assert not set("{}") & set(found.text)
            assert found.text.endswith("。")


def test_organs_to_choose_from_court_and_name_of_the_letter_are_told():
    text = notice(
        "withheld_internal",
        INTERPRETATION,
        reconsideration_organ=("某市人民政府", "某省司法厅"),
        court="某市铁路运输法院",
        letter="本告知书",
    ).text
    assert "自收到本告知书之日起60日内，先向某市人民政府或者某省司法厅申请行政复议" in text
    assert "向某市铁路运输法院提起行政诉讼" in text


@pytest.mark.parametrize("organ", ["", " ", (), ("某市人民政府", "")])
def test_a_notice_without_the_organ_of_reconsideration_is_refused(organ):
    with pytest.raises(LawError, match="请先设置本机关的行政复议机关"):
        notice("disclosed", INTERPRETATION, reconsideration_organ=organ)


def test_an_unknown_outcome_or_ground_is_refused_by_name():
    with pytest.raises(LawError, match="nothing"):
        notice("nothing", INTERPRETATION)
    with pytest.raises(LawError, match="secret"):
        notice("partly_disclosed", INTERPRETATION, ["withheld_internal", "secret"])


def test_a_fee_alone_can_not_be_contested_but_what_follows_from_not_paying_can():
    found = letter_notice("fee_notice", reconsideration_organ=ORGAN)
    assert "不能单独申请行政复议或者提起行政诉讼" in found.text
    assert "就不再处理的行为" in found.text
    assert (found.article, found.mark) == ("政府信息公开信息处理费管理办法第七条", "memory")


def test_a_third_party_is_told_of_both_ways():
    text = letter_notice("third_party_told", reconsideration_organ=ORGAN, letter="本通知").text
    assert "自收到本通知之日起60日内" in text
    assert court_at_once(text)


def test_an_unknown_letter_is_refused():
    with pytest.raises(LawError, match="没有文书“receipt”"):
        letter_notice("receipt", reconsideration_organ=ORGAN)


@pytest.mark.parametrize(
    ("kind", "who", "article"),
    [
        ("local_department", ("government",), "第二十四条第一款第一项"),
        ("local_government", ("superior",), "第二十四条第一款第二项"),
        ("province", ("itself",), "第二十四条第二款"),
        ("state_department", ("itself",), "第二十五条第一项"),
        ("vertical", ("superior",), "第二十七条"),
        ("justice", ("government", "superior"), "第二十八条"),
    ],
)
def test_who_reconsiders_follows_articles_24_to_28(kind, who, article):
    organ = reconsideration_organs()[kind]
    assert organ.who == who
    assert organ.article.endswith(article)
