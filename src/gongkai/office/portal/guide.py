"""The guide (公开指南，条例第十二条) of an organ: what its record says, and the rules in plain words with their articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law import channels
from gongkai.law.case.steps import steps
from gongkai.law.time_limits import Rules, TimeLimit

from ..organs.models import Dated, Organ

BASIC_CHANNELS = ("in_person", "post", "ordinary_post")
"""国办公开办函〔2017〕19号: applying in person and by post is always possible, announced or not."""

_TOLD = (
    "reply",
    "extension",
    "correction_notice",
    "correction_period",
    "third_party",
    "reasons_period",
    "fee_payment",
    "reconsideration_apply",
    "litigation_apply",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the organ's record. ``scheme``: what a link to it begins with, "" for none."""

    label: str
    value: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to apply: what it is called and what counts as the day of receipt there."""

    code: str
    label: str
    how: str
    received: str
    article: str


def facts(organ: Organ) -> tuple[Fact, ...]:
    """Office, address, hours, telephone, fax and e-mail (条例第十二条); what is not recorded is left out."""
    telephone = "".join(sign for sign in organ.telephone if sign.isdigit() or sign == "+")
    lines = (
        Fact("政府信息公开工作机构", organ.disclosure_office),
        Fact("办公地址", organ.address),
        Fact("邮政编码", organ.postcode),
        Fact("办公时间", organ.hours),
        Fact("联系电话", organ.telephone, f"tel:{telephone}" if telephone else ""),
        Fact("传真", organ.fax),
        Fact("电子邮箱", organ.email, f"mailto:{organ.email}"),
    )
    return tuple(line for line in lines if line.value)


def ways(organ: Organ, day: date) -> tuple[Way, ...]:
    """The ways to apply on a day: the basic ones always, others where the organ has announced them."""
    addressee = f"收件人写“{organ.disclosure_office}”。" if organ.disclosure_office else ""
    how = {
        "in_person": "到办公地址当面提交。书面提出确有困难的，可以口头提出，由工作人员代为填写。",
        "post": f"寄到办公地址，信封上请写明“政府信息公开申请”。{addressee}",
        "ordinary_post": "也可以寄平常信函；工作人员收到当日与您确认，请写清楚电话。",
        "internet": "在本网站网上申请，不用注册。" if takes_online(organ, day) else "",
        "fax": f"传真到 {organ.fax}。" if organ.fax else "",
    }
    announced = {*BASIC_CHANNELS, *organ.channels}
    return tuple(
        Way(term.code, term.label, how[term.code], term.note, term.article)
        for term in channels().terms
        if term.code in announced and how.get(term.code)
    )


def takes_online(organ: Organ, day: date) -> bool:
    """Whether the organ has announced that it takes applications online, and somebody there can confirm them on the day.

    What is sent to an organ that does not work here would be read by nobody, and no day of receipt would ever be agreed on.
    """
    if "internet" not in organ.channels:
        return False
    confirming = steps()["receipt_confirmed"].roles
    return organ.holdings.filter(Dated.on(day), role__in=confirming, person__is_active=True).exists()


def limits(rules: Rules) -> tuple[TimeLimit, ...]:
    """The time limits that an applicant should know, as the organ applies them."""
    return tuple(rules[key] for key in _TOLD)
