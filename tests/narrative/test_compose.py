"""The narrative: composed from figures and facts, silent on what was not given, never with a blank in it."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.narrative import Facts, Medium, Shortcoming, compose, fact_items, subject_of

from ..ledger.builders import application, compiled


def text_of(facts=None, **registers):
    report = compiled(**registers).report
    told = compose(report, facts or Facts())
    return told.introduction, told.sections, told.gaps


@pytest.mark.parametrize(
    ("government", "subject"),
    [
        ("云岭市望湖区人民政府", "全区"),
        ("丰谷县人民政府", "全县"),
        ("云岭市人民政府", "全市"),
        ("江南省人民政府", "全省"),
        ("某某自治区人民政府", "全区"),
        ("某某彝族自治县人民政府", "全县"),
        ("某某藏族自治州人民政府", "全州"),
        ("某某旗人民政府", "全旗"),
        ("清泉镇人民政府", "全镇"),
        ("某某回族乡人民政府", "全乡"),
        ("云岭市高新区管理委员会", "本机关"),
        ("清泉街道办事处", "本机关"),
        ("望湖区人民政府办公室", "本机关"),
        ("", "本机关"),
    ],
)
def test_a_government_speaks_of_its_territory(government, subject):
    assert subject_of(government) == subject


def test_the_introduction_gives_basis_and_period():
    introduction, _, _ = text_of()
    assert "《中华人民共和国政府信息公开条例》" in introduction
    assert "国办公开办函〔2021〕30号" in introduction
    assert "2025年1月1日至12月31日" in introduction


def test_the_contact_holds_what_was_given_and_no_more():
    facts = Facts({"contact_office": "局办公室", "contact_phone": "0571-12345678"})
    assert "可以与局办公室联系（电话：0571-12345678）。" in text_of(facts)[0]
    assert "联系" not in text_of()[0]


def test_section_one_has_the_five_parts_in_order():
    headings = re.findall(r"^（.）.*$", text_of()[1]["overview"], re.M)
    assert headings == [
        "（一）主动公开",
        "（二）依申请公开",
        "（三）政府信息管理",
        "（四）政府信息公开平台建设",
        "（五）监督保障",
    ]


def test_the_whole_published_is_the_sum_of_its_channels():
    facts = Facts(media=(Medium("wechat", 20), Medium("website", 30), Medium("website", 5)))
    assert "主动公开政府信息55条，其中政府网站35条、微信公众号20条。" in text_of(facts)[1]["overview"]
    single = Facts(media=(Medium("website", 30),))
    assert "通过政府网站主动公开政府信息30条。" in text_of(single)[1]["overview"]


def test_applications_are_told_from_the_table():
    rows = [
        application("1", date(2025, 1, 2), finished=date(2025, 1, 9), outcome="withheld_internal"),
        application("2", date(2025, 1, 2), finished=date(2025, 1, 9), outcome="withheld_inquiry"),
        application("3", date(2024, 12, 2), finished=date(2025, 1, 9), outcome="disclosed"),
    ]
    overview = text_of(applications=rows)[1]["overview"]
    assert "新收政府信息公开申请2件，上年结转1件，办结3件，没有结转下年度继续办理的申请。" in overview
    assert "办结的申请中，予以公开1件、不予公开2件。" in overview
    assert "未收到政府信息公开申请" in text_of()[1]["overview"]


def test_uncorrected_and_other_are_told_as_one_group_in_the_first_edition_too():
    rows = [
        application(str(n), date(2020, 1, 2), finished=date(2020, 1, 9), outcome=code)
        for n, code in enumerate(("other", "other_uncorrected", "other_fee_unpaid"))
    ]
    assert "办结的申请中，其他处理3件。" in compiled(2020, applications=rows).report.sections["overview"]


def test_tables_have_no_text():
    _, sections, _ = text_of()
    assert (sections["proactive"], sections["applications"], sections["remedies"]) == ("", "", "")


def test_last_years_problems_come_with_what_became_of_them():
    facts = Facts(
        shortcomings=(Shortcoming("更新慢。", "按月通报；"), Shortcoming("解读少", "制作图解。", previous=True))
    )
    assert text_of(facts)[1]["problems"].splitlines() == [
        "（一）2024年度报告所列问题的改进情况",
        "1.针对“解读少”的问题，制作图解。",
        "（二）2025年存在的主要问题和下一步改进措施",
        "1.更新慢。改进措施：按月通报。",
    ]


def test_section_six_says_whether_fees_were_charged_and_asks_where_the_ledger_does_not_tell():
    assert text_of()[1]["other_matters"].startswith("【请写明2025年收取信息处理费的情况")
    assert text_of(Facts({"fee_notices": 3}))[1]["other_matters"].startswith(
        "2025年，本机关发出信息处理费收费通知3件。\n【"
    )
    assert "本机关未收取信息处理费。" in text_of(Facts({"processing_fee": 0}))[1]["other_matters"]
    assert "收取信息处理费400元" in text_of(Facts({"processing_fee": 400}))[1]["other_matters"]
    assert any("信息处理费" in gap for gap in text_of()[2])
    assert not any("信息处理费" in gap for gap in text_of(Facts({"processing_fee": 0}))[2])


def test_what_is_missing_is_asked_for_in_the_text_and_in_a_note():
    done = compiled()
    assert "【请补写2025年“监督保障”的情况。】" in done.report.sections["overview"]
    assert sum("【】" in one.reason for one in done.problems) == 6


def test_a_sentence_has_more_than_one_clause_where_there_are_more():
    facts = Facts({"meetings": 2, "trainings": 3, "trained": 40, "inspections": 1})
    assert (
        "（五）监督保障\n2025年，本机关召开会议研究部署信息公开工作2次，组织信息公开培训3场，参加培训40人次。"
        in text_of(Facts({key: facts.items[key] for key in ("meetings", "trainings", "trained")}))[1]["overview"]
    )
    assert "参加培训40人次。开展信息公开检查1次。" in text_of(facts)[1]["overview"]


def test_a_governments_figures_are_said_to_be_of_its_whole_area():
    facts = Facts({"processing_fee": 0, "meetings": 2}, (Medium("website", 30),))
    told = compose(compiled().report, facts, subject="全县")
    assert "2025年，全县通过政府网站主动公开政府信息30条。" in told.sections["overview"]
    assert "2025年，全县未收到政府信息公开申请" in told.sections["overview"]
    assert told.sections["other_matters"].startswith("2025年，全县未收取信息处理费。")
    assert "本机关" not in told.sections["overview"]


def tied(report, facts=None):
    """Each tied numeral as printed, with its sources."""
    told = compose(report, facts or Facts())
    texts = {"introduction": told.introduction, **told.sections}
    return [(texts[one.section][one.start : one.end], one.sources, one.value) for one in told.ties]


def test_a_numeral_is_tied_to_the_cells_and_facts_whose_sum_it_states():
    rows = [
        application("1", date(2025, 1, 2), finished=date(2025, 1, 9), outcome="withheld_internal"),
        application("2", date(2025, 1, 2), finished=date(2025, 1, 9), outcome="withheld_inquiry"),
    ]
    facts = Facts(
        {"trainings": 3, "processing_fee": 400},
        (Medium("website", 30, reads=800), Medium("website", 5, "某网"), Medium("wechat", 20)),
    )
    found = tied(compiled(applications=rows).report, facts)
    withheld = next(sources for printed, sources, _ in found if "applications.withheld_internal.total" in sources)
    assert len(withheld) == 8
    assert ("55", ("fact:media.website.published", "fact:media.wechat.published"), 55) in found
    assert ("35", ("fact:media.website.published",), 35) in found
    assert ("800", ("fact:media.website.reads",), 800) in found
    assert ("2", ("applications.received.total",), 2) in found
    assert ("3", ("fact:trainings",), 3) in found
    assert ("400", ("fact:processing_fee",), 400) in found


def test_kinds_of_information_are_told_beside_the_channels():
    media = (Medium("website", 30, information="documents"), Medium("wechat", 20, information="news"))
    assert "按信息类别分，政策文件30条、动态信息20条。" in text_of(Facts(media=media))[1]["overview"]
    partly = (*media, Medium("weibo", 5))
    assert "已按类别统计的信息中，政策文件30条、动态信息20条。" in text_of(Facts(media=partly))[1]["overview"]


def test_no_application_no_sentence_on_how_fast_they_were_answered():
    facts = Facts({"on_time": 0, "overdue": 0, "extended": 0})
    assert "超过法定期限" not in text_of(facts)[1]["overview"]
    rows = [application("1", date(2025, 1, 2), finished=date(2025, 1, 9), outcome="disclosed")]
    told = text_of(Facts({"on_time": 1, "overdue": 0, "average_days": Decimal("5.50")}), applications=rows)[1]
    assert "全年在法定期限内答复1件，没有超过法定期限答复的申请。平均办理5.5个工作日。" in told["overview"]


values = {
    "text": st.sampled_from(["已经做好", "做了一件事。", "第一段。\n第二段"]),
    "count": st.integers(0, 9),
    "amount": st.integers(0, 9),
}
media_given = st.builds(
    Medium,
    st.sampled_from(["website", "wechat", "other"]),
    st.none() | st.integers(0, 99),
    st.sampled_from(["", "某号"]),
    st.none() | st.integers(0, 9999),
    st.sampled_from(["", "documents", "news"]),
)
facts_given = st.builds(
    Facts,
    st.fixed_dictionaries({}, optional={item.key: values[item.type] for item in fact_items()}),
    st.lists(media_given, max_size=5).map(tuple),
    st.lists(
        st.builds(Shortcoming, st.just("更新慢"), st.sampled_from(["", "按月通报"]), st.booleans()), max_size=4
    ).map(tuple),
)
BLANK = compiled().report


@settings(deadline=None, max_examples=150)
@given(facts_given)
def test_whatever_is_missing_every_paragraph_reads_as_chinese(facts):
    told = compose(BLANK, facts)
    sections = told.sections
    for text in (told.introduction, sections["overview"], sections["problems"], sections["other_matters"]):
        assert text
        for line in text.splitlines():
            assert line and line == line.strip()
            assert not re.search(
                r"None|nan|\{|\}|，。|，，|。。|、。|；。|：。|（）|“”|全年。|[^0-9a-z]0[件条篇场次元项个]", line
            )
            assert line.endswith(("。", "】")) or re.match(r"（.）", line)


FULL = compiled(
    applications=[
        application("1", date(2025, 1, 2), finished=date(2025, 1, 9), outcome="disclosed"),
        application("2", date(2024, 12, 2), finished=date(2025, 1, 9), outcome="other"),
        application("3", date(2025, 12, 2)),
    ],
    documents=[{"title": "甲办法", "kind": "normative_documents", "issued": date(2025, 3, 1)}],
    decisions=[{"period": "全年", "licences": 12, "penalties": 3, "fees": Decimal("1.25")}],
    remedies=[{"kind": "reconsideration", "begun": date(2025, 3, 1)}],
).report
UNTIED = re.compile(r"20\d\d年|1月1日|12月31日|〔2021〕30号|^\d\.", re.M)


@settings(deadline=None, max_examples=150)
@given(facts_given, st.sampled_from([BLANK, FULL]))
def test_every_numeral_but_years_and_numbering_carries_a_tie_to_its_sum(facts, report):
    told = compose(report, facts)
    texts = {"introduction": told.introduction, **told.sections}
    numbers = {**report.values, **facts.numbers}
    rest = {key: list(text) for key, text in texts.items()}
    for tie in told.ties:
        assert Decimal(texts[tie.section][tie.start : tie.end]) == tie.value == sum(numbers[one] for one in tie.sources)
        rest[tie.section][tie.start : tie.end] = "#" * (tie.end - tie.start)
    for text in rest.values():
        assert not re.search(r"\d", UNTIED.sub("", "".join(text)))
