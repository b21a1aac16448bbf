"""Looking at what is typed before it is saved: what would be found, with how it is set right; nothing is saved, all stays typed."""

from dataclasses import replace
from html import unescape

import pytest

from gongkai.narrative import texts_of
from gongkai.office.filings.record import save
from gongkai.office.registers.facts import add_fact

from .reporting import DAY, Reporting

pytestmark = pytest.mark.django_db

CELL = "applications.received.natural_person"


@pytest.fixture
def office():
    office = Reporting()
    add_fact(office.organ, 2025, "trainings", 3, "", by=office.people["clerk"], today=DAY)
    office.begun()
    return office


def _parts(office, **typed):
    page = office.browsers["clerk"].get(office.at("filings_section", "overview"))
    fields = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    return fields | {f"block-{key}": text for key, text in typed.items()} | {"based_on": office.filing.newest}


def _look(office, route, place, role="clerk", **sent):
    answer = office.browsers[role].post(office.at(route, place), sent)
    return answer, unescape(answer.content.decode())


def _article(page, place):
    return page.split(f'id="{place}"')[1].split("</div>")[0]


def test_what_would_be_found_stands_beside_the_block_and_nothing_is_saved(office):
    typed = _parts(office, management="建立台账。【请补写制度建设情况。】", supervision="全年组织信息公开培训9场。")
    _, page = _look(office, "filings_section_check", "overview", **typed)
    assert "还有待补写的地方：【请补写制度建设情况。】" in _article(page, "seen-id_block-management")
    assert "待补写" not in _article(page, "seen-id_block-supervision")
    assert "建立台账。【请补写制度建设情况。】</textarea>" in page and "已经核对，还没有保存" in page
    assert office.newest() and office.filing.newest == 1


def test_a_sentence_that_no_longer_agrees_is_put_right_at_a_button_and_stays_typed(office):
    content = office.newest()
    more = replace(content, facts={**content.facts, "trainings": 8})
    save(office.filing, more, based_on=1, by=office.people["clerk"], today=DAY, why="测试")
    typed = _parts(office)
    place = next(name for name, text in typed.items() if "培训3场" in str(text))
    _, page = _look(office, "filings_section_check", "overview", **typed)
    told = _article(page, f"seen-id_{place}")
    assert "写的 3" in told and "现在是 8" in told and "建议改为" in told
    sentence = told.split('name="_take" value="')[1].split('"')[0]
    _, page = _look(office, "filings_section_check", "overview", **typed, _take=sentence)
    assert "培训8场" in page.split(f'id="id_{place}"')[1].split("</textarea>")[0]
    assert "现在是 8" not in _article(page, f"seen-id_{place}")
    assert "培训3场" in texts_of(office.newest().report)["overview"]


def test_the_script_gets_the_results_alone_under_the_names_that_the_page_has(office):
    typed = _parts(office, management="【请补写】")
    _, whole = _look(office, "filings_section_check", "overview", **typed)
    answer, part = _look(office, "filings_section_check", "overview", **typed, _live="1")
    assert answer.status_code == 200 and "<html" not in part and "<textarea" not in part
    names = [one.split('"')[0] for one in part.split('<div id="')[1:]]
    assert len(names) == 6 and all(f'id="{name}"' in whole for name in names)
    assert "待补写的地方：【请补写】" in _article(part, "seen-id_block-management")


def test_what_another_person_saved_stays_beside_what_clashes_with_it(office):
    typed = _parts(office)
    office.browsers["clerk"].post(office.at("filings_section", "overview"), {**typed, "block-management": "甲的文字。"})
    sent = {**typed, "block-management": "乙的文字。"}
    answer = office.browsers["clerk"].post(office.at("filings_section", "overview"), sent)
    assert answer.status_code == 409 and 'name="_theirs" value="management"' in answer.content.decode()
    sent |= {"based_on": 2, "_theirs": "management"}
    _, page = _look(office, "filings_section_check", "overview", **sent)
    assert "甲的文字。" in page.split("别人已经保存的文字</h3>")[1] and "乙的文字。</textarea>" in page


def test_too_long_a_text_is_told_beside_its_field(office):
    _, part = _look(office, "filings_section_check", "overview", **_parts(office, management="长" * 20_001), _live="1")
    assert "请删减" in _article(part, "seen-id_block-management")


def test_a_figure_is_looked_at_before_it_is_saved_and_its_repair_fills_it_in(office):
    _, page = _look(office, "filings_cell_check", CELL, value="5", reason="", based_on=1)
    assert "错误" in _article(page, "seen-cell") and 'value="5"' in page and "请写明更正的原因" not in page
    _, part = _look(office, "filings_cell_check", CELL, value="0", reason="", _live="1")
    assert "没有发现问题" in _article(part, "seen-cell")
    _, page = _look(office, "filings_cell_check", CELL, value="5", reason="纸质台账另有一件。", _take="0")
    assert 'value="0"' in page and "纸质台账另有一件。" in page
    assert office.newest().report.values[CELL] == 0 and office.filing.newest == 1


def test_what_is_no_figure_is_told_beside_the_field(office):
    _, part = _look(office, "filings_cell_check", CELL, value="甲", _live="1")
    assert "不是这一格可以填的数" in _article(part, "seen-cell")
    answer, page = _look(office, "filings_cell_check", CELL, value="甲")
    assert answer.status_code == 422 and 'value="甲"' in page


def test_who_reviews_reads_what_is_found_and_has_nothing_to_type(office):
    assert "核对一下" in office.page("clerk", "filings_section", "overview")
    page = office.page("reviewer", "filings_section", "overview")
    assert "这一部分还需要补充、核对的" in page and "核对一下" not in page and "data-live" not in page
    for route, place in (("filings_section_check", "overview"), ("filings_cell_check", CELL)):
        assert _look(office, route, place, role="reviewer")[0].status_code == 403


@pytest.mark.parametrize(("route", "place"), [("filings_section_check", "nothing"), ("filings_cell_check", "nothing")])
def test_what_there_is_not_is_not_looked_at(office, route, place):
    assert _look(office, route, place)[0].status_code == 404
