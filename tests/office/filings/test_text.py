"""The text's pages: a sentence is marked when its figure changes, two writers lose nothing, and last year stands beside this."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.narrative import texts_of
from gongkai.office.cases.models import UnsentForm
from gongkai.office.filings.models import DistrictRules
from gongkai.office.filings.record import begin, save
from gongkai.office.filings.tied import rewritten, stale_in
from gongkai.office.registers.facts import add_fact

from ..builders import client_of, make_organ, make_person
from .reporting import DAY, Reporting

pytestmark = pytest.mark.django_db

RECEIVED = "applications.received.total"
TRAININGS = "全年组织信息公开培训3场"


@pytest.fixture
def office():
    office = Reporting()
    add_fact(office.organ, 2025, "trainings", 3, "", by=office.people["clerk"], today=DAY)
    office.begun(finished=False)
    return office


def _section(office, key="overview"):
    return texts_of(office.newest().report)[key]


def _save(office, section, role="clerk", **typed):
    sent = {"based_on": office.filing.newest, **{f"block-{key}": text for key, text in typed.items()}}
    return office.browsers[role].post(office.at("filings_section", section), sent)


def _parts(office, **typed):
    """What the form of section one sends, with some of it typed over."""
    page = office.browsers["clerk"].get(office.at("filings_section", "overview"))
    fields = {name.removeprefix("block-"): page.context["form"][name].value() for name in page.context["form"].fields}
    return fields | typed


def _changed_fact(office, value=8):
    """The report takes over that there were more trainings."""
    content = office.newest()
    after = replace(content, facts={**content.facts, "trainings": value})
    save(office.filing, after, based_on=office.filing.newest, by=office.people["clerk"], today=DAY, why="测试")


def test_the_text_is_shown_whole_and_without_a_mark_while_its_figures_agree(office):
    page = office.page("reviewer", "filings_text")
    for words in ("组织信息公开培训", "（一）主动公开", "其他需要报告的事项", "待补写："):
        assert words in page
    assert "数据已变" not in page


def test_a_sentence_is_marked_when_its_figure_changes_with_both_figures_in_words(office):
    _changed_fact(office)
    page = office.page("clerk", "filings_text")
    assert page.count('class="t-stale"') == 1 and "数据已变：写的是 3，现在是 8" in page and "改为现在的数" in page
    assert "改为现在的数" not in office.page("reviewer", "filings_text")


def test_the_figure_of_now_is_put_in_at_a_button_and_the_tie_stays(office):
    _changed_fact(office)
    (stale,) = stale_in(office.newest())
    name = f"{stale.tie.section}-{stale.tie.start}-{stale.tie.end}"
    sent = {"based_on": office.filing.newest, "tie": name}
    office.browsers["clerk"].post(office.at("filings_text_renew"), sent)
    assert "培训8场" in _section(office) and stale_in(office.newest()) == ()
    _changed_fact(office, 12)
    office.browsers["clerk"].post(office.at("filings_text_renew"), {"based_on": office.filing.newest, "all": "1"})
    assert "培训12场" in _section(office)


def test_figures_are_not_put_into_a_version_that_was_not_looked_at(office):
    _changed_fact(office)
    sent = {"based_on": office.filing.newest - 1, "all": "1"}
    answer = office.browsers["clerk"].post(office.at("filings_text_renew"), sent, follow=True)
    assert "没有保存" in answer.content.decode() and "培训3场" in _section(office)


def test_a_section_is_saved_as_another_version_and_its_ties_are_carried(office):
    before = office.filing.newest
    typed = _parts(office, supervision=f"专人负责。{TRAININGS}，人人参加。", management="建立公开前审查台账。")
    answer = _save(office, "overview", **typed)
    assert answer.status_code == 302
    assert f"（五）监督保障\n专人负责。{TRAININGS}，人人参加。" in _section(office)
    assert office.filing.newest == before + 1
    _changed_fact(office)
    assert [one.current for one in stale_in(office.newest())] == [8]


def test_a_sentence_that_was_written_anew_loses_its_tie_and_the_writer_is_told(office):
    answer = _save(office, "overview", **_parts(office, supervision="培训工作扎实开展。"))
    told = office.browsers["clerk"].get(answer["Location"]).content.decode()
    assert "1 处数字所在的文字已经改写" in told
    assert all("fact:trainings" not in tie.sources for tie in office.newest().ties)


def test_two_who_change_different_parts_at_once_lose_nothing(office):
    first = _parts(office, supervision="甲写的监督保障。")
    second = _parts(office, management="乙写的信息管理。")
    based_on = office.filing.newest
    office.browsers["clerk"].post(office.at("filings_section", "overview"), _sent(based_on, first))
    answer = office.browsers["clerk"].post(office.at("filings_section", "overview"), _sent(based_on, second))
    assert answer.status_code == 302
    assert "甲写的监督保障。" in _section(office) and "乙写的信息管理。" in _section(office)


def test_two_who_change_the_same_part_see_both_texts_and_what_is_merged_is_saved(office):
    based_on = office.filing.newest
    office.browsers["clerk"].post(
        office.at("filings_section", "overview"), _sent(based_on, _parts(office, management="甲的文字。"))
    )
    mine = _parts(office) | {"management": "乙的文字。"}
    answer = office.browsers["clerk"].post(office.at("filings_section", "overview"), _sent(based_on, mine))
    page = answer.content.decode()
    assert answer.status_code == 409 and "甲的文字。" in page and "乙的文字。</textarea>" in page
    assert "乙的文字。" not in _section(office)
    again = _sent(answer.context["based_on"], mine | {"management": "甲的文字。乙的文字。"})
    assert office.browsers["clerk"].post(office.at("filings_section", "overview"), again).status_code == 302
    assert "甲的文字。乙的文字。" in _section(office)


def _sent(based_on, typed):
    return {"based_on": based_on, **{f"block-{key}": text for key, text in typed.items()}}


def test_what_is_too_long_is_kept_with_a_sentence_beside_it(office):
    long = "字" * 20_001
    answer = _save(office, "problems", whole=long)
    page = answer.content.decode()
    assert answer.status_code == 200 and "最多写 20000 个字" in page and long in page


def test_what_was_typed_when_the_session_ended_comes_back(office):
    page = office.browsers["clerk"].get(office.at("filings_section", "problems"))
    sent = {"based_on": office.filing.newest, "_keep": page.context["keep"], "block-whole": "写到一半的问题。"}
    assert Client().post(office.at("filings_section", "problems"), sent).status_code == 302
    assert UnsentForm.objects.count() == 1
    assert "写到一半的问题。" in office.page("clerk", "filings_section", "problems")
    assert "写到一半的问题。" not in _section(office, "problems")
    office.browsers["clerk"].post(office.at("filings_section", "problems"), sent)
    assert "写到一半的问题。" in _section(office, "problems") and UnsentForm.objects.count() == 0


def test_a_section_put_aside_comes_back_and_can_be_thrown_away(office):
    sent = {"based_on": office.filing.newest, "_aside": "1", "block-whole": "先放一放。"}
    office.browsers["clerk"].post(office.at("filings_section", "problems"), sent)
    assert "先放一放。" in office.page("clerk", "filings_section", "problems")
    office.browsers["clerk"].post(office.at("filings_section", "problems"), {"_discard": "1"})
    assert "先放一放。" not in office.page("clerk", "filings_section", "problems")


def test_last_years_text_stands_beside_and_its_problems_ask_what_became_of_them(office):
    before = office.newest()
    sections = {
        **before.report.sections,
        "problems": "1.政策解读形式单一，图解和视频解读偏少。下一步丰富形式。\n2.基层公开专区更新不够及时。",
    }
    former = replace(before, report=replace(before.report, year=2024, sections=sections))
    begin(office.organ, 2024, former, by=office.people["clerk"], today=date(2025, 1, 10), why="测试")
    _save(office, "problems", whole="针对政策解读形式单一、图解和视频解读偏少的问题，制作图解12篇。")
    page = office.page("reviewer", "filings_section", "problems")
    assert "下一步丰富形式。" in page and page.count("本年文字已经写到") == 1 and page.count("本年文字还没有写到") == 1


def test_points_of_which_nothing_is_said_are_listed_until_something_is(office):
    ask = "请在第一部分写明政府信息管理的情况"
    assert ask in office.page("clerk", "filings_text") and ask in office.page("clerk", "filings_section", "overview")
    _save(office, "overview", **_parts(office, management="建立公开前审查台账。"))
    assert ask not in office.page("clerk", "filings_text")


def test_a_section_longer_than_the_district_allows_is_hinted_at_and_saved(office):
    office.organ.parent = make_organ("云溪区人民政府", kind="government")
    office.organ.save()
    DistrictRules.objects.create(organ=office.organ.parent, overview_length=50)
    _save(office, "overview", **_parts(office, management="建" * 60))
    page = office.page("clerk", "filings_text")
    assert "本地规定不超过 50 字" in page and "不影响送审" in page


def test_a_part_is_composed_anew_only_where_it_was_chosen(office):
    _save(office, "overview", **_parts(office, supervision="监督保障另写。", management="信息管理另写。"))
    add_fact(office.organ, 2025, "trainings", 2, "", by=office.people["clerk"], today=DAY)
    page = office.page("clerk", "filings_compose", "overview")
    assert "监督保障另写。" in page and "培训5场" in page and "培训5场" not in _section(office)
    sent = {"based_on": office.filing.newest, "take": "supervision"}
    office.browsers["clerk"].post(office.at("filings_compose", "overview"), sent)
    assert (
        "培训5场" in _section(office)
        and "监督保障另写。" not in _section(office)
        and "信息管理另写。" in _section(office)
    )
    assert stale_in(office.newest()) == () and any("fact:trainings" in tie.sources for tie in office.newest().ties)


def test_nothing_is_composed_where_nothing_was_chosen(office):
    before = office.filing.newest
    office.browsers["clerk"].post(office.at("filings_compose", "overview"), {"based_on": before})
    office.newest()
    assert office.filing.newest == before


def test_a_typed_figure_that_agrees_beyond_doubt_is_tied(office):
    text = "2025年，本机关新收政府信息公开申请0件。"
    after, _ = rewritten(replace(office.newest(), ties=()), {"overview": text})
    assert [tie.sources for tie in after.ties] == [(RECEIVED,)]


def test_who_reads_may_not_write_and_no_other_section_exists(office):
    assert _save(office, "problems", role="reviewer", whole="改。").status_code == 403
    assert "<textarea" not in office.page("reviewer", "filings_section", "problems")
    assert office.browsers["clerk"].get(office.at("filings_section", "nothing")).status_code == 404
    assert office.browsers["clerk"].get(office.at("filings_compose", "nothing")).status_code == 404


@pytest.mark.parametrize(
    "route", ["filings_text", "filings_word", "filings_word_back", "filings_checks", "filings_excuse"]
)
def test_another_organs_people_find_nothing(office, route):
    stranger = client_of(make_person("clerk", make_organ("临水区审计局")))
    assert stranger.get(reverse(route, args=[office.organ.code, 2025])).status_code == 404
    assert stranger.get(office.at("filings_section", "overview")).status_code == 404
