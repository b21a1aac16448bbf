"""Personal data. The numbers are made up; their check digits are computed here by the standards' own rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.checking.personal import is_card_number, is_identity_number, masked

from .builders import OVERVIEW, codes, make_report, only, run


def identity(first17):
    """GB 11643: the i-th character from the right weighs 2 to the power i-1 modulo 11; the whole is 1 modulo 11."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first17))
    check = (1 - total) % 11
    return first17 + ("X" if check == 10 else str(check))


def card(start):
    """ISO/IEC 7812: the digit that makes the Luhn sum a multiple of ten."""
    return next(start + str(d) for d in range(10) if luhn(start + str(d)) % 10 == 0)


def luhn(digits):
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled)


IDENTITY = identity("11010519900307123")
CARD = card("622202020001234567")


def saying(sentence):
    return make_report(sections={"overview": f"{OVERVIEW}\n{sentence}"})


def test_a_known_identity_number_of_the_standard_checks():
    assert is_identity_number("11010519491231002X")  # the example of GB 11643-1999


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_checks(place, shift):
    wrong = IDENTITY[:place] + str((int(IDENTITY[place]) + shift) % 10) + IDENTITY[place + 1 :]
    assert not is_identity_number(wrong)


@pytest.mark.parametrize("number", [IDENTITY, identity("44030619851123004"), identity("65010320001130881")])
def test_an_identity_number_is_an_error_and_is_not_repeated(number):
    finding = only(run(saying(f"申请人张某（身份证号{number}）已领取。")), "identity-number")
    assert finding.severity == "error"
    assert number not in repr(finding)
    assert masked(number) in finding.message


@pytest.mark.parametrize(
    "fine",
    [
        "索引号：" + IDENTITY,
        "统一社会信用代码" + IDENTITY,
        "编号" + IDENTITY[:-1] + "5",
        "http://a.gov.cn/col" + IDENTITY,
    ],
)
def test_other_long_numbers_are_no_identity_numbers(fine):
    assert "identity-number" not in codes(saying(fine))


@pytest.mark.parametrize("printed", ["13912345678", "139 1234 5678", "139-1234-5678", "+86 13912345678"])
def test_a_mobile_number_in_the_text_is_an_error(printed):
    finding = only(run(saying(f"群众李某（手机{printed}）反映的问题已解决。")), "mobile-number")
    assert finding.severity == "error"
    assert "139******78" in finding.message
    assert printed not in repr(finding)


def test_a_mobile_number_for_contact_is_only_a_warning():
    report = make_report(introduction="如有疑问，请与办公室联系（联系电话：13912345678）。")
    assert only(run(report), "mobile-number").severity == "warning"


@pytest.mark.parametrize(
    "fine",
    ["电话0999-1391234", "阅读量13912345678次", "http://a.cn/13912345678.html", "0571-88728707", "编号2213912345678"],
)
def test_other_numbers_are_no_mobile_numbers(fine):
    assert "mobile-number" not in codes(saying(fine))


@pytest.mark.parametrize("printed", [CARD, f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}"])
def test_a_bank_card_is_an_error(printed):
    finding = only(run(saying(f"退款至{printed}。")), "bank-card")
    assert finding.severity == "error"
    assert printed not in repr(finding)


def test_numbers_that_fail_the_check_and_public_accounts_are_no_bank_cards():
    wrong = CARD[:-1] + str((int(CARD[-1]) + 1) % 10)
    assert not is_card_number(wrong)
    assert "bank-card" not in codes(saying(f"退款至{wrong}。"))
    assert "bank-card" not in codes(saying(f"缴入财政专户{CARD}。"))
