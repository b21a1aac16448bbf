"""Help and mistakes on the command line: wholly in Chinese, with the exit status that the contract gives."""

import re

import pytest

from gongkai.cli.parser import COMMANDS

ALLOWED = {
    "gongkai", "json", "schema", "docx", "html", "pdf", "xlsx", "zip",  # names of formats and the program
    "text", "official", "plain",  # values that can be given
}  # fmt: skip


def latin_words(text: str) -> set[str]:
    without_options = re.sub(r"--?[a-z]+", "", text)
    return {word.lower() for word in re.findall(r"[A-Za-z]{2,}", without_options)} - ALLOWED - set(COMMANDS)


def test_the_help_lists_every_command(gongkai):
    ran = gongkai("--help")
    assert ran.status == 0
    for command, summary in COMMANDS.items():
        assert command in ran.out and summary in ran.out
    assert latin_words(ran.out) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_is_chinese(gongkai, command):
    ran = gongkai(command, "--help")
    assert ran.status == 0
    assert COMMANDS[command] in ran.out.replace("\n", "")
    assert latin_words(ran.out) == set()


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["read"],
        ["publish", "report.docx"],
        ["read", "report.docx", "--quickly"],
        ["check", "report.docx", "--format", "word"],
        ["check", "report.docx", "--previous"],
        ["repair", "report.docx"],
        ["repair", "report.docx", "-o", "out.odt"],
        ["write", "report.json", "-o", "out"],
        ["form", "--edition", "1999"],
        ["ledger", "-o", "ledger.xlsx"],
        ["ledger", "--blank", "-o", "ledger.docx"],
        ["compile", "ledger.xlsx", "-o", "out.docx"],
        ["compile", "ledger.xlsx", "--organ", "x", "--year", "last", "-o", "out.docx"],
    ],
)
def test_a_wrong_command_line_ends_with_2_and_a_chinese_sentence(gongkai, args):
    ran = gongkai(*args)
    assert (ran.status, ran.out) == (2, "")
    told = ran.err
    for word in ("publish", "quickly", "many", "word", "out", "odt", "ledger", "last", "report"):
        told = told.replace(word, "")
    assert re.search("[一-鿿]", told)
    assert latin_words(told) == set()


@pytest.mark.parametrize("year", ["25", "二〇二五", "1999", "20255"])
def test_a_year_has_four_digits(gongkai, year, tmp_path):
    ran = gongkai("ledger", "--blank", "--year", year, "-o", tmp_path / "l.xlsx")
    assert ran.status == 2 and "四位数字，例如 2025" in ran.err


def test_a_wrong_choice_names_the_choices_and_where_more_is_said(gongkai):
    told = gongkai("form", "--edition", "1999").err
    assert "没有“1999”，可选的有“2019”、“2021”。" in told
    assert "gongkai form --help" in told


def test_missing_options_are_named(gongkai):
    assert "缺少 --organ、--year。" in gongkai("compile", "a.xlsx", "-o", "b.docx").err
