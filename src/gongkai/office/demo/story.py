"""The way of one application through an organ, told in steps that are recorded as the screens record them.

Each step goes through `cases.record`, so that nothing can happen here that the law or the screens would refuse.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.law.case.grounds import grounds_of
from gongkai.law.case.state import CaseState, state_of
from gongkai.law.case.steps import steps

from ..calendars import calendar, rules
from ..cases.events import events_of
from ..cases.letter_texts import composed
from ..cases.models import Case
from ..cases.numbering import kind_of
from ..cases.numbers import next_letter_number
from ..cases.record import Registered, record, register
from ..organs.models import Person
from .district import House


@dataclass
class Story:
    """One application on its way. ``day``: where the story has come to; every step is recorded on it."""

    house: House
    case: Case
    day: date
    query_code: str
    chance: random.Random

    def wait(self, working_days: int) -> Story:
        """Let working days pass."""
        if working_days:
            self.day = calendar(self.house.organ).after(self.day, working_days)
        return self

    def step(self, kind: str, actor: Person | None, personal: Mapping[str, str] | None = None, **data: Any) -> Story:
        """Take a step today; a letter that goes with it gets the next number of its series, as on the screens."""
        if word := kind_of(steps()[kind], data):
            data.setdefault("number", next_letter_number(self.house.organ, word, self.day.year))
        record(self.case, kind, on=self.day, data=data, personal=personal or {}, files={}, actor=actor, today=self.day)
        return self

    @property
    def state(self) -> CaseState:
        return state_of(events_of(self.case))

    @property
    def clerk(self) -> Person:
        return self.house.who("clerk")


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for. ``kind``: code of the kind of applicant."""

    text: str
    applicant: str
    kind: str
    channel: str


def begin(house: House, request: Request, day: date, chance: random.Random, *, confirmed: bool = True) -> Story:
    """The application comes in. Online it is sent by the applicant and confirmed the same day, if ``confirmed``."""
    online = request.channel == "internet"
    arrived = "signed_on" if request.channel == "post" else "submitted_on"
    data: dict[str, Any] = {
        "matter": "application",
        "channel": request.channel,
        arrived: day.isoformat(),
        "applicant_kind": request.kind,
        "id_kind": "identity_card" if request.kind == "natural_person" else "credit_code",
        "description": request.text,
        "form": "electronic" if online else "paper",
        "delivery_way": "email" if online else "post",
    }
    registered: Registered = register(
        house.organ,
        on=day,
        data=data,
        personal=_personal(request, chance),
        files={},
        actor=None if online else house.who("clerk"),
        today=day,
    )
    story = Story(house, registered.case, day, registered.query_code, chance)
    if confirmed and request.channel in ("internet", "fax", "ordinary_post"):
        story.step("receipt_confirmed", story.clerk, how="telephone")
    return story


def _personal(request: Request, chance: random.Random) -> dict[str, str]:
    """Invented: the numbers belong to no place and no telephone network."""
    serial = chance.randint(1000, 9999)
    person = request.kind == "natural_person"
    return {
        "applicant_name": request.applicant,
        "id_number": f"99010119800101{serial}" if person else f"91990100MA00{serial}X",
        "telephone": f"1990000{serial}",
        "address": "云岭市望湖区湖滨路100号",
        "email": f"user{serial}@example.cn",
    }


def finish(story: Story, outcome: str) -> Story:
    """Handle the application until it is closed with this result."""
    if outcome == "other_uncorrected":
        return _uncorrected(story)
    if outcome == "other":
        story.wait(story.chance.randint(2, 6))
        return story.step("withdrawn", story.clerk, how="letter", remark="申请人已通过其他途径获取所需信息。").step(
            "closed", story.clerk
        )
    _inquire(story, outcome)
    return issue(review(draft(story, outcome)))


def _uncorrected(story: Story) -> Story:
    limit = calendar(story.house.organ)
    story.wait(3)
    until = limit.after(story.day, rules(story.house.organ)["correction_period"].length)
    story.step(
        "correction_requested",
        story.clerk,
        matters="请写明所需信息的名称、文号或者形成时间。",
        until=until.isoformat(),
        method="post",
    )
    while story.day <= until:
        story.wait(1)
    return story.step("lapsed_uncorrected", story.clerk, remark="联系后没有补正，也没有说明理由。").step(
        "closed", story.clerk
    )


def _inquire(story: Story, outcome: str) -> None:
    """To a division, and back with what it found."""
    divisions = [one for one in story.house.divisions if one.key in story.house.handlers]
    story.wait(1)
    if divisions:
        division = story.chance.choice(divisions)
        due = calendar(story.house.organ).after(story.day, 7)
        story.step(
            "assigned",
            story.clerk,
            division=division.key,
            matters="请检索并反馈有无、能否公开。",
            internal_due=due.isoformat(),
        )
        story.wait(story.chance.randint(2, 5))
        found_by, where = story.house.handlers[division.key], {"division": division.key}
    else:
        story.wait(1)
        found_by, where = story.clerk, {}
    if outcome in ("withheld_third_party", "partly_disclosed"):
        _ask_third_party(story)
    story.step("finding_returned", found_by, proposed=outcome, **where, **_finding(outcome, found_by, story.day))


def _ask_third_party(story: Story) -> None:
    story.step(
        "consulted",
        story.clerk,
        whom="third_party",
        name="第三方甲",
        matter="是否同意公开涉及贵方的联系方式和报价。",
        received_on=story.day.isoformat(),
        method="post",
    )
    consultation = story.case.events_count
    story.wait(5)
    story.step(
        "consultation_answered",
        story.clerk,
        consultation=consultation,
        opinion="object",
        reasons="报价属于商业秘密。",
        reasonable=True,
    )


def _finding(outcome: str, person: Person, day: date) -> dict[str, Any]:
    if outcome == "unavailable_not_held":
        return {
            "finding": "not_held",
            "search_places": "档案室、公文系统、业务系统",
            "search_words": "项目名称、文号、年份",
            "search_time": day.isoformat(),
            "searched_by": str(person.pk),
            "search_result": "未检索到所申请的信息。",
        }
    if outcome == "unavailable_needs_creation":
        return {"finding": "needs_processing", "opinion": "现有信息没有按此口径汇总。"}
    if outcome == "declined_petition":
        return {"finding": "not_an_application", "opinion": "属于投诉举报事项。"}
    return {"finding": "held", "opinion": "已检索到，意见见建议的办理结果。"}


PARTS: Mapping[str, Mapping[str, str]] = {
    "disclosed": {"disclosed_items": "{text}。", "provision": "随本答复书一并提供复制件。"},
    "partly_disclosed": {
        "disclosed_items": "{text}中除下列内容以外的部分。",
        "withheld_items": "其中的报价明细和有关人员的联系方式。",
        "provision": "随本答复书一并提供复制件。",
    },
}
"""What the clerk writes into the letter of a result, by placeholder; {text} is what was asked for."""

REASONS: Mapping[str, str] = {
    "partly_disclosed": "报价明细属于第三方的商业秘密，公开会损害第三方的合法权益，且第三方不同意公开。",
    "withheld_third_party": "所申请的信息涉及第三方的商业秘密，第三方不同意公开，理由合理。",
    "withheld_internal": "所申请的信息属于本机关人事管理方面的内部事务信息。",
    "withheld_deliberative": "所申请的信息属于办理过程中形成的请示报告。",
    "withheld_enforcement_file": "所申请的信息属于行政执法案卷信息，可以依照有关规定查阅案卷。",
    "unavailable_not_held": "经检索，本机关没有制作也没有保存所申请的信息。",
    "unavailable_needs_creation": "现有信息没有按所申请的口径汇总，需要加工、分析。",
    "declined_petition": "所提事项属于投诉举报，已转有关科室按规定处理。",
}


def draft(story: Story, outcome: str) -> Story:
    """The clerk writes the reply."""
    parts = {key: text.format(text=story.case.description) for key, text in PARTS.get(outcome, {}).items()}
    data: dict[str, Any] = {"outcome": outcome, "grounds": list(_grounds(outcome)), "reasons": REASONS.get(outcome, "")}
    if parts:
        data["text"] = composed(parts)
    return story.step("drafted", story.clerk, **data)


def _grounds(outcome: str) -> Sequence[str]:
    if outcome == "partly_disclosed":
        return ("provided", "trade_secret")
    fitting = [one.code for one in grounds_of(outcome)]
    return ("provided",) if "provided" in fitting else fitting[:1]


REVIEWERS: Mapping[str, tuple[str, ...]] = {
    "reviewed": ("reviewer", "division_head", "office_head"),
    "legally_reviewed": ("legal_reviewer",),
    "confidentiality_reviewed": ("confidentiality_reviewer",),
    "approved": ("approver", "office_head"),
}
"""Who takes a stage of the review."""


def review(story: Story, until: str = "") -> Story:
    """Submit the draft and take it through its stages; stop before the stage ``until``."""
    story.step("submitted", story.clerk)
    while (stage := story.state.review_stage) and stage != until:
        who = story.house.who(*REVIEWERS[stage], but=story.clerk)
        more: dict[str, Any] = {"result": "no_secret"} if stage == "confidentiality_reviewed" else {}
        story.wait(story.chance.choice((0, 1))).step(stage, who, remark="同意。", **more)
    return story


def issue(story: Story) -> Story:
    """Give the reply its number, send it, and close the case."""
    draft = story.state.draft
    assert draft is not None  # it was approved
    story.step("decided", story.clerk, outcome=draft.outcome)
    story.step("dispatched", story.clerk, method="post", tracking=f"9900{story.case.pk:09}")
    story.wait(2).step("delivered", story.clerk, proof_kind="postal_receipt")
    return story.step("closed", story.clerk)
