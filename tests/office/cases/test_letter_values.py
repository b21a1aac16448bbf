"""A letter says what was known on its day, and names whom and what the case tells."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.letters import letter, letters_for_outcome
from gongkai.office.cases.desk import desk_of
from gongkai.office.cases.letter_form import LetterForm
from gongkai.office.cases.letter_making import made, prepared
from gongkai.office.cases.letter_values import values_for
from gongkai.office.cases.models import CaseEvent
from gongkai.office.cases.record import record

from ...letters.pages import pdf_text
from .. import builders

pytestmark = pytest.mark.django_db

RECEIVED = date(2026, 9, 18)
"""20 working days end on 2026-10-22, with 10 more on 2026-11-05 (printed calendar of 2026)."""


class Office:
    def __init__(self):
        self.organ = builders.make_organ(
            "云溪区民政局",
            parent=builders.make_organ("云溪区人民政府", kind="government"),
            address="云溪区学府路1号",
            telephone="0000-1234567",
        )
        self.clerk = builders.make_person("clerk", self.organ)
        self.head = builders.make_person("office_head", self.organ)
        self.case = builders.make_case(self.organ, received=RECEIVED, as_of=date(2026, 11, 18))

    def take(self, step, on, actor=None, **data):
        record(
            self.case,
            step,
            on=on,
            data=data,
            personal={},
            files={},
            actor=actor or self.clerk,
            today=date(2026, 11, 18),
        )

    def letter(self, kind, key):
        one = desk_of(self.case, self.clerk, frozenset({"clerk"}), date(2026, 11, 18))
        return values_for(one, one.last(kind), key)

    def extended(self):
        self.take("extension_requested", date(2026, 10, 9), days=10, reason="需要逐份核对")
        self.take("extension_approved", date(2026, 10, 9), self.head, days=10)
        self.take("extension_notified", date(2026, 10, 10))


@pytest.fixture
def office(db):
    return Office()


def test_the_receipt_names_the_first_day_due_though_the_answer_was_extended_since(office):
    office.extended()
    assert office.letter("registered", "registration_receipt")["due_on"] == date(2026, 10, 22)


def test_the_notice_of_extension_keeps_its_day_though_a_third_party_was_asked_since(office):
    office.extended()
    assert office.letter("extension_notified", "extension_notice")["extended_due"] == date(2026, 11, 5)
    office.take(
        "consulted",
        date(2026, 10, 12),
        whom="third_party",
        name="第三方甲",
        matter="合同报价",
        received_on="2026-10-13",
    )
    assert office.letter("extension_notified", "extension_notice")["extended_due"] == date(2026, 11, 5)


def test_a_letter_to_another_organ_names_the_organ_that_is_asked(office):
    office.take("consulted", date(2026, 10, 12), whom="co_producer", name="云溪区财政局", matter="联合发文")
    assert office.letter("consulted", "co_producer_letter")["other_organ"] == "云溪区财政局"


def test_a_partial_refusal_rests_on_the_articles_of_what_is_refused_only(office):
    office.take(
        "drafted",
        date(2026, 10, 12),
        outcome="partly_disclosed",
        grounds=["provided", "trade_secret"],
        reasons="商业秘密。",
    )
    assert office.letter("drafted", "partly_disclosed")["article"] == "第十五条"


def test_the_notice_of_correction_names_the_very_day_after_which_the_application_lapses(office):
    office.take("correction_requested", date(2026, 9, 22), matters="请写明年份。", until="2026-10-30")
    assert office.letter("correction_requested", "correction_notice")["correction_until"] == date(2026, 10, 30)
    one = desk_of(office.case, office.clerk, frozenset({"clerk"}), date(2026, 11, 18))
    row = one.last("correction_requested")
    page = pdf_text(made(prepared(one, row, letter("correction_notice")), {}, "pdf"))
    assert "于2026年10月30日前（含当日）将补正的申请提交本机关" in "".join(page.split())


def test_the_applicant_is_told_of_a_consultation_without_the_number_of_the_letter_to_the_third_party(office):
    office.take(
        "consulted",
        date(2026, 10, 12),
        whom="third_party",
        name="第三方甲",
        matter="报价",
        number="云政公征〔2026〕1号",
    )
    assert office.letter("consulted", "third_party_letter")["number"] == "云政公征〔2026〕1号"
    assert "number" not in office.letter("consulted", "consultation_notice")
    one = desk_of(office.case, office.clerk, frozenset({"clerk"}), date(2026, 11, 18))
    page = pdf_text(made(prepared(one, one.last("consulted"), letter("consultation_notice")), {}, "pdf"))
    assert "已于2026年10月12日发出征求意见书" in "".join(page.split()) and "〕" not in page


def test_the_notice_that_asks_for_reasons_names_the_day(office):
    office.take("reasons_requested", date(2026, 9, 22), grounds="九月共提出申请63件。", until="2026-10-15")
    assert office.letter("reasons_requested", "reasons_notice")["reasons_until"] == date(2026, 10, 15)


@pytest.mark.parametrize("typed", ["2026-05-01", "2026/5/1", "2026年5月1日"])
def test_a_day_that_is_typed_into_a_letter_is_written_as_letters_write_it(office, typed):
    office.take(
        "drafted", date(2026, 10, 12), outcome="unavailable_unclear", grounds=["unclear"], reasons="没有写明年份。"
    )
    one = desk_of(office.case, office.clerk, frozenset({"clerk"}), date(2026, 11, 18))
    letter = prepared(one, one.last("drafted"), letters_for_outcome("unavailable_unclear")[0])
    assert LetterForm(letter, {"text_corrected_on": typed, "text_correction_notice_on": "不详"}).errors.keys() == {
        "text_correction_notice_on"
    }
    form = LetterForm(letter, {"text_corrected_on": typed, "text_correction_notice_on": typed})
    assert form.is_valid() and form.texts()["corrected_on"] == "2026年5月1日"


def test_a_letter_that_is_still_being_written_knows_all_that_is_recorded(office):
    office.extended()
    one = desk_of(office.case, office.clerk, frozenset({"clerk"}), date(2026, 11, 18))
    unrecorded = CaseEvent(
        case=office.case, number=0, kind="drafted", on=date(2026, 10, 20), data={"outcome": "disclosed"}
    )
    assert values_for(one, unrecorded, "disclosed")["extended_due"] == date(2026, 11, 5)
