"""The processing fee by 国办函〔2020〕109号, with sums worked by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.fees import fee_per_item, fee_per_page, schedule
from gongkai.law.terms import LawError


@pytest.mark.parametrize(
    ("items", "yuan"),
    # 20 × 100 = 2000 to item 30; then ten each at 200, 300, 400, 500, 600, 700, 800: 2000+2000+3000+...+8000 = 37000
    [
        *[(0, 0), (1, 0), (10, 0), (11, 100), (30, 2000)],
        *[(31, 2200), (40, 4000), (41, 4300), (50, 7000), (51, 7400), (100, 37000)],
    ],
)
def test_items_of_a_month_cost_what_their_tiers_say(items, yuan):
    assert fee_per_item(0, items).amount == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"), [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (500, 14700)]
)
def test_pages_of_an_application_cost_what_their_tiers_say(pages, yuan):
    assert fee_per_page(pages).amount == yuan


@pytest.mark.parametrize(
    ("before", "items", "yuan"),
    [(9, 1, 0), (10, 1, 100), (9, 3, 200), (30, 1, 200), (49, 2, 300 + 400)],  # the 50th at 300, the 51st at 400
)
def test_an_application_is_charged_for_where_its_items_stand_in_the_month(before, items, yuan):
    assert fee_per_item(before, items).amount == yuan


@given(st.integers(0, 120), st.integers(0, 120))
def test_a_month_costs_the_same_however_it_is_cut_into_applications(first, second):
    assert fee_per_item(0, first).amount + fee_per_item(first, second).amount == fee_per_item(0, first + second).amount


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_lines_cover_the_items_once_each_and_add_up(before, items):
    fee = fee_per_item(before, items)
    assert [n for line in fee.lines for n in range(line.first, line.last + 1)] == list(
        range(before + 1, before + items + 1)
    )
    assert fee.amount == sum(line.amount for line in fee.lines)


def test_the_breakdown_reads_line_by_line():
    assert [line.text for line in fee_per_item(9, 25).lines] == [
        "第10件，共1件，免收。",
        "第11件至第30件，共20件，每件100元，计2000.00元。",
        "第31件至第34件，共4件，每件200元，计800.00元。",
    ]
    assert [line.text for line in fee_per_page(101).lines][-1] == "第101页，共1页，每页20元，计20.00元。"


def test_amounts_carry_two_decimals():
    assert str(fee_per_page(31).amount) == "10.00"
    assert str(fee_per_page(3).amount) == "0.00"
    assert isinstance(fee_per_page(31).amount, Decimal)


def test_only_the_tiers_from_the_31st_item_on_rest_on_an_unchecked_reading():
    assert fee_per_item(0, 30).mark == ""
    assert fee_per_item(0, 31).mark == "memory"
    assert fee_per_page(500).mark == ""


def test_the_articles_are_named_and_what_a_page_is_was_not_checked():
    assert fee_per_item(0, 1).article == "政府信息公开信息处理费管理办法第四条"
    assert fee_per_page(1).article == "政府信息公开信息处理费管理办法第五条"
    assert schedule("page").mark == "memory"


@pytest.mark.parametrize("wrong", [lambda: fee_per_item(-1, 1), lambda: fee_per_item(0, -1)])
def test_less_than_nothing_is_refused(wrong):
    with pytest.raises(LawError, match="件数应当是不小于 0 的整数"):
        wrong()
