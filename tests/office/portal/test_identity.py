"""Numbers of documents, held against the examples that the standards print."""

from __future__ import annotations

import pytest

from gongkai.office.portal.identity import complaint

from .visiting import CARD, CREDIT_CODE


def test_the_standards_own_examples_are_right():
    assert complaint("identity_card", CARD) == ""
    assert complaint("identity_card", CARD.lower()) == ""
    assert complaint("credit_code", CREDIT_CODE) == ""


@pytest.mark.parametrize(
    "number", ["", "1", CARD + "0", CARD[:-1] + "0", "110105194913310024", "１１０105194912310021"]
)
def test_what_is_no_identity_number_is_told(number):
    assert "18 位" in complaint("identity_card", number)


@pytest.mark.parametrize("number", ["", CREDIT_CODE[:-1], CREDIT_CODE[:-1] + "4", CREDIT_CODE.replace("Y", "I")])
def test_what_is_no_credit_code_is_told(number):
    assert "18 位" in complaint("credit_code", number)


def test_numbers_of_other_documents_are_taken_as_they_are():
    assert complaint("passport", "E12345678") == ""
