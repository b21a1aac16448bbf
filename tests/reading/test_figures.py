"""What a cell may hold, as published reports print it (the list stands in the module's docstring)."""

from decimal import Decimal

import pytest

from gongkai.reading.figures import convert, parse
from gongkai.report import load_form


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("28", 28),
        (" 0 ", 0),
        ("２８", 28),
        ("1,234", 1234),
        ("12,345,678", 12345678),
        ("4068.208", Decimal("4068.208")),
        ("3.0", 3),
        ("+3", 3),
        ("+0", 0),
        ("-35", -35),
        ("－5", -5),
        ("--253", -253),
        ("增10", 10),
        ("减少79", -79),
        ("? 0", 0),
        ("251000元", 251000),
        ("22（其中修订 16 件）", 22),
        ("13000000(预算", 13000000),
        ("7件", 7),
    ],
)
def test_a_printed_figure_is_read(text, value):
    figure = parse(text)
    assert figure.kind == "figure"
    assert figure.value == value


@pytest.mark.parametrize("text", ["", " ", "\xa0", "|", "　"])
def test_a_cell_without_ink_is_blank(text):
    assert parse(text).kind == "blank"


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "无", "／"])
def test_a_mark_is_no_figure_and_is_kept_as_printed(text):
    figure = parse(text)
    assert (figure.kind, figure.value, figure.mark) == ("mark", None, text)


@pytest.mark.parametrize("text", ["本单位未制作规章", "规章", "第二十条", "2023年", "10 145", "三、1"])
def test_words_are_never_a_figure(text):
    assert parse(text).kind == "words"


@pytest.mark.parametrize(
    ("key", "text", "value", "known"),
    [
        ("proactive.procurement.amount", "1276.5534万元", 12765534, True),
        ("proactive.procurement.amount", "251000元", 251000, True),
        ("proactive.procurement.amount", "8040", 8040, False),
        ("proactive.procurement.items", "6", 6, True),
    ],
)
def test_procurement_is_in_yuan_and_a_missing_unit_is_told(key, text, value, known):
    converted = convert(parse(text), load_form("2019").cells[key])
    assert (converted.value, converted.unit_known) == (value, known)


def test_fees_are_in_ten_thousand_yuan_as_their_head_prints():
    fees = load_form("2021").cells["proactive.fees"]
    assert convert(parse("7730.28"), fees).value == Decimal("7730.28")
    assert convert(parse("50000元"), fees).value == 5
    assert convert(parse("7730.28"), fees).unit_known
