"""Reading what was recorded of a filing, verified: its entries, its state, the content of its versions."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.filing import FilingEvent, FilingState, state_of

from .chain import is_whole
from .content import Content, digest_of, from_text
from .models import Filing, FilingEntry


class BrokenFilingError(Exception):
    """The filing's record is not what was recorded; nothing may be appended, nothing shown to the public."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A filing with its recorded entries, whole and verified, and the state that follows."""

    filing: Filing
    entries: tuple[FilingEntry, ...]
    state: FilingState


def standing_of(filing: Filing) -> Standing:
    """The filing's verified entries and state. Raises BrokenFilingError."""
    entries = tuple(filing.entries.select_related("actor").order_by("number"))
    if not entries or not is_whole(filing, entries):
        raise BrokenFilingError(f"{filing}的记录与封存的记录不一致，请由审计管理员用 gongkai verify 核验。")
    return Standing(filing, entries, state_of(events_of(entries)))


def events_of(entries: tuple[FilingEntry, ...]) -> list[FilingEvent]:
    """The steps among the entries, for the core."""
    return [
        FilingEvent(one.kind, one.version, one.on, str(one.actor_id or ""), one.data)
        for one in entries
        if one.kind != "saved"
    ]


def content_of(filing: Filing, version: int) -> Content:
    """The content of a version, as it was saved. Raises BrokenFilingError where it was changed since."""
    return from_text(content_text(filing, version))


def content_text(filing: Filing, version: int) -> str:
    """The text of a version's content, as it was saved. Raises BrokenFilingError where it was changed since."""
    text = filing.versions.get(number=version).content
    saved = filing.entries.get(kind="saved", version=version)
    if saved.data["digest"] != digest_of(text):
        raise BrokenFilingError(f"{filing}第{version}版的内容与保存时不一致，请由审计管理员用 gongkai verify 核验。")
    return text
