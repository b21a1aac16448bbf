"""The edition files: loaded strictly, and their words tell one section from the others."""

from importlib.resources import files

import pytest

from gongkai.report import load_form
from gongkai.report.errors import FormError
from gongkai.report.form import editions, parse_form


@pytest.mark.parametrize("edition", editions())
def test_the_telling_words_of_a_section_are_in_its_own_heading_and_in_no_other(edition):
    sections = load_form(edition).sections
    for section in sections:
        told = [other.key for other in sections if any(word in other.heading for word in section.telling)]
        assert told == [section.key]


@pytest.mark.parametrize("key", ["telling", "variants"])
def test_words_of_a_section_that_are_no_list_fail_with_file_and_place(key):
    text = files("gongkai.report.editions").joinpath("2021.toml").read_text("utf-8")
    first, rest = text.split("\n[[sections]]\n", 1)
    lines = [line for line in rest.split("\n") if not line.startswith(f"{key} = [")]
    wrong = f'{first}\n[[sections]]\n{key} = "总体"\n' + "\n".join(lines)
    with pytest.raises(FormError, match=rf"2021\.toml：sections\[0\]\.{key}"):
        parse_form(wrong, "2021.toml")


def test_what_is_in_force_is_counted_with_what_was_issued_and_repealed():
    block = load_form("2021").table("proactive").blocks[0]
    assert block.stock is not None
    heads = {column.key: column.heading for column in block.columns}
    counted = [heads[key] for key in (block.stock.of, block.stock.adds, block.stock.removes)]
    assert counted == ["现行有效件数", "本年制发件数", "本年废止件数"]


def test_a_stock_of_a_column_that_is_not_there_fails_with_file_and_place():
    text = files("gongkai.report.editions").joinpath("2021.toml").read_text("utf-8")
    wrong = text.replace('removes = "repealed"', 'removes = "lost"')
    with pytest.raises(FormError, match=r"2021\.toml：tables\[0\]\.blocks\[0\]\.stock：没有“lost”这一列"):
        parse_form(wrong, "2021.toml")
