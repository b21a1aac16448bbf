"""The archive of a case holds every letter that its events sent, and says which could not be drawn up and why."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.cases.desk import desk_of
from gongkai.office.cases.record import record
from gongkai.office.cases.views_archive import papers
from gongkai.office.vault.files import store

from .. import builders

pytestmark = pytest.mark.django_db

RECEIVED, TODAY = date(2026, 9, 18), date(2026, 11, 18)
CONTACTS = {"disclosure_office": "办公室", "address": "云溪区学府路1号", "telephone": "0000-1234567"}


class Volume:
    def __init__(self, **fields):
        self.organ = builders.make_organ(
            "云溪区民政局", parent=builders.make_organ("云溪区人民政府", kind="government"), **CONTACTS
        )
        self.clerk = builders.make_person("clerk", self.organ)
        self.case = builders.make_case(self.organ, received=RECEIVED, as_of=TODAY, **fields)

    def take(self, step, on, files=None, **data):
        actor = builders.make_person("office_head", self.organ) if step == "extension_approved" else self.clerk
        record(self.case, step, on=on, data=data, personal={}, files=files or {}, actor=actor, today=TODAY)

    def papers(self):
        return papers(desk_of(self.case, self.clerk, frozenset({"clerk"}), TODAY))

    def titles(self):
        found = self.papers()
        assert not [each.missing for each in found if each.missing]
        return [each.title for each in found]


@pytest.fixture
def volume(db):
    return Volume()


def test_each_letter_that_an_event_sent_is_in_the_archive_in_the_order_of_the_events(volume):
    volume.take("consulted", date(2026, 9, 22), whom="co_producer", name="云溪区财政局", matter="联合发文")
    volume.take("extension_requested", date(2026, 9, 28), days=10, reason="需要逐份核对")
    volume.take("extension_approved", date(2026, 9, 28), days=10)
    volume.take("extension_notified", date(2026, 9, 28), number="云政公延〔2026〕1号")
    assert volume.titles() == [
        "政府信息公开申请登记表",
        "政府信息公开申请登记回执",
        "共同制作政府信息公开征求意见书",
        "政府信息公开征求意见告知书",
        "政府信息公开申请延期答复告知书",
        "办理记录",
    ]


def test_the_stamped_letter_stands_for_the_one_that_was_drawn_up(volume):
    stamped = store("盖章的告知书.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 60)
    volume.take(
        "correction_requested", date(2026, 9, 22), {"letter": [stamped]}, matters="请写明年份。", until="2026-10-30"
    )
    assert volume.titles() == ["政府信息公开申请登记表", "政府信息公开申请登记回执", "盖章的告知书", "办理记录"]


def test_a_letter_of_which_the_case_does_not_tell_all_is_missing_and_the_list_says_what_lacks(volume):
    volume.take(
        "fee_notified",
        date(2026, 9, 22),
        basis="per_item",
        before=11,
        quantity=1,
        amount="100.00",
        explanation="按件计收。",
    )
    (missing,) = [each for each in volume.papers() if each.missing]
    assert missing.title == "政府信息公开信息处理费收费通知书"
    assert "没有记载" in missing.missing and "“缴费方式”" in missing.missing


@pytest.mark.parametrize(
    "fields",
    [
        {"matter": "rectification", "form": None, "description": "出生日期应为2012年5月6日"},
        {"channel": "ordinary_post"},
    ],
)
def test_the_registration_form_is_printed_though_no_day_is_due(fields):
    made = Volume(**fields).papers()
    assert made[0].title == "政府信息公开申请登记表" and not any(each.missing for each in made)


def test_an_application_of_a_ledger_has_no_receipt_of_this_program():
    assert Volume(imported=True).titles() == ["政府信息公开申请登记表", "办理记录"]
