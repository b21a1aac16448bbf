"""The state of a filing as a function of its steps, and whether a step is possible now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from .steps import SAVED, filing_steps, stages


@dataclass(frozen=True, slots=True)
class FilingEvent:
    """One step that was taken, or a version that was saved. ``version``: number of the version it is about; ``actor``: whoever
    did it, by any stable name.

    ``data``: ``reason``, ``changes`` (texts), ``remarks`` (on cells and sentences), ``until`` (ISO day by which a returned report
    has to come back), ``remark`` and ``answer`` (see `gongkai.law.filing.remarks`).
    """

    kind: str
    version: int
    on: date
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilingRules:
    """What a district has set. ``acceptance``: whether the supervising office accepts a report before or after it is published.

    ``supervised``: whether there is an office above that accepts; ``outside``: the report is sent as a file by an organ that
    does not work here; ``unwaited``: from this day on nobody's acceptance is waited for: the last working day before the
    statutory one (第四十九条), or that day itself.
    """

    acceptance: Literal["before", "after"]
    supervised: bool
    outside: bool
    unwaited: date


@dataclass(frozen=True, slots=True)
class Edition:
    """A version that was published, and when."""

    version: int
    on: date


@dataclass(frozen=True, slots=True)
class FilingState:
    """Where a report is. ``sent``: the version on its way through review, None while it is open; ``approved``, ``accepted``:
    the same once the leader has approved it, or the supervising office accepted it. ``published``: every edition, oldest
    first. ``takers``: who took which step of this round, by kind; ``authors``: who changed the content since the last edition.
    ``filed``: the report has come to the supervising office and was not given back; while an organ corrects what is public, the
    office has that. ``correcting``: an edition is public and another on its way.
    """

    stage: str = "draft"
    sent: int | None = None
    approved: int | None = None
    accepted: int | None = None
    published: tuple[Edition, ...] = ()
    takers: Mapping[str, str] = field(default_factory=dict)
    authors: frozenset[str] = frozenset()
    filed: bool = False

    @property
    def open(self) -> bool:
        """Whether the content may be changed."""
        return stages()[self.stage].open

    @property
    def label(self) -> str:
        """The stage in Chinese."""
        return stages()[self.stage].label

    @property
    def public(self) -> int | None:
        """The version that is public, the newest edition."""
        return self.published[-1].version if self.published else None

    @property
    def correcting(self) -> bool:
        """Whether something else than the public edition is on its way."""
        return bool(self.published) and (self.open or self.sent != self.public)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step is not possible: a Chinese sentence. ``missing``: names of what has to be written with it."""

    message: str
    missing: frozenset[str] = frozenset()


def next_steps(state: FilingState, rules: FilingRules, on: date) -> tuple[str, ...]:
    """The steps of the ordinary way that come next, by kind; () where nothing is left to do."""
    unpublished = ("published",) if state.public != state.sent else ()
    waits = rules.outside or (rules.supervised and rules.acceptance == "before" and on < rules.unwaited)
    match state.stage:
        case "draft" | "returned":
            return ("received",) if rules.outside else ("sent",)
        case "in_review":
            return ("reviewed",)
        case "in_approval":
            return ("approved",)
        case "approved":
            return (*(("submitted",) if rules.supervised else ()), *(() if waits else unpublished))
        case "submitted":
            return ("accepted", *(() if waits else unpublished))
    return unpublished


def state_of(events: Sequence[FilingEvent]) -> FilingState:
    """The state after these steps, and savings of versions, in their order. KeyError for a kind that is neither."""
    state = FilingState()
    for event in events:
        state = _after(state, event)
    return state


def refusal(
    kind: str,
    state: FilingState,
    *,
    newest: int,
    version: int,
    actor: str,
    roles: Collection[str],
    on: date,
    rules: FilingRules,
    errors: int,
    data: Mapping[str, Any],
) -> Refusal | None:
    """Why a step can't be taken now; None if it can. ``newest``: number of the newest version; ``version``: the one meant.

    ``errors``: how many errors without a written reason the checks of the newest version find.
    """
    step = filing_steps()[kind]
    if step.of and (step.of == "outside") != rules.outside:
        return Refusal("这份报告不这样办理。")
    if not set(roles) & step.roles:
        return Refusal("您的角色不能办理这一步。")
    if state.stage not in step.sources:
        return Refusal(f"报告现在处于“{state.label}”，不能{step.label}。")
    if version != (newest if step.about == "newest" else state.sent):
        return Refusal("报告已经有了新的版本，请看过新的版本再办理。")
    if SAVED in step.other_than and actor in state.authors:
        return Refusal(f"{step.label}的人，不能是修改过这份报告的人，请由别人{step.label}。")
    if actor in {state.takers.get(other) for other in step.other_than}:
        return Refusal(f"{step.label}的人，不能是办理过{_labels(step.other_than)}的人。")
    if step.gate and errors:
        return Refusal(f"核对还有 {errors} 处错误没有改正，也没有写明理由，不能{step.label}。")
    if refused := _conditions(kind, state, on, rules):
        return Refusal(refused)
    return _unwritten(step.asks, state, data)


def _conditions(kind: str, state: FilingState, on: date, rules: FilingRules) -> str:
    """What a step needs beyond its stage; "" if nothing is wrong."""
    match kind:
        case "submitted" | "accepted" | "returned" | "chased" if not rules.supervised:
            return "这份报告没有需要报送的主管部门，领导批准后直接发布。"
        case "returned" if state.stage == "approved" and state.public != state.sent:
            return "报告还没有报送，也没有公布，不能退回。"
        case "recalled" if state.public is not None and state.public == state.sent:
            return "这一版已经公布，请用“更正报告”。"
        case "reopened" if state.public is None or state.public != state.sent:
            return "这一版还没有公布，请用“撤回修改”。" if not rules.outside else "这一版还没有公布，请由主管部门退回。"
        case "published":
            if state.public == state.sent:
                return "这一版已经公布。"
            if state.approved != state.sent:
                return "领导批准以后才能发布。"
            if rules.outside and state.accepted != state.sent:
                return "机关以文件报送的报告，主管部门审核通过后才能发布。"
            waits = rules.supervised and rules.acceptance == "before" and on < rules.unwaited
            if waits and state.accepted != state.sent:
                return "按本地规定，主管部门审核通过后才能发布；到法定日期前的最后一个工作日仍未审核的，可以先行发布。"
    return ""


def _unwritten(asks: frozenset[str], state: FilingState, data: Mapping[str, Any]) -> Refusal | None:
    if "reason" in asks and not str(data.get("reason", "")).strip():
        return Refusal("请写明原因。", frozenset({"reason"}))
    if "remarks" in asks and not data.get("remarks") and not str(data.get("reason", "")).strip():
        return Refusal("请写明需要修改的地方。", frozenset({"remarks"}))
    if "answer" in asks and not str(data.get("answer", "")).strip():
        return Refusal("请写明怎样处理的。", frozenset({"answer"}))
    if "changes" in asks and state.published and not str(data.get("changes", "")).strip():
        return Refusal("已经公布过一版，请写明这一版更正了什么。", frozenset({"changes"}))
    return None


def _after(state: FilingState, event: FilingEvent) -> FilingState:
    if event.kind == SAVED:
        return replace(state, authors=state.authors | {event.actor})
    step = filing_steps()[event.kind]
    after = replace(state, stage=step.to or state.stage)
    match event.kind:
        case "sent":
            after = replace(after, sent=event.version, approved=None, accepted=None, takers={})
        case "received":  # the leader's approval comes with the document
            after = replace(after, sent=event.version, approved=event.version, accepted=None, takers={}, filed=True)
        case "submitted":
            after = replace(after, filed=True)
        case "returned":
            after = replace(after, filed=False)
        case "recalled":
            after = replace(after, filed=state.filed and bool(state.published))
        case "approved":
            after = replace(after, approved=event.version)
        case "accepted":
            after = replace(after, accepted=event.version)
        case "published":
            after = replace(after, published=(*after.published, Edition(event.version, event.on)), authors=frozenset())
    if stages()[after.stage].open:
        after = replace(after, sent=None, approved=None, accepted=None, takers={})
    return replace(after, takers={**after.takers, event.kind: event.actor})


def _labels(kinds: Collection[str]) -> str:
    return "、".join(f"“{step.label}”" for step in filing_steps().values() if step.key in kinds)
