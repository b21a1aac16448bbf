"""Reading what was recorded of a filing, verified: its entries, its state, the content of its versions, what is public."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class PublicEdition:
    """The edition that is public. ``on``: the day of its publication; ``first_on``: of the first edition; ``changes``: what it
    corrects, "" for the first; ``files``: SHA-256 of its files by format, see `published_file`.
    """

    filing: Filing
    version: int
    on: date
    first_on: date
    content: Content
    changes: str
    files: Mapping[str, str]


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
    saved = filing.entries.filter(kind="saved", version=version).first()
    return _text(filing, version, str(saved.data["digest"]) if saved else "")


def public_edition(filing: Filing) -> PublicEdition | None:
    """What the public may see: the newest edition by the verified record, never by a column. None where nothing is public.

    Raises BrokenFilingError where the chain is not whole, the content is not what was saved, or the edition was not approved
    as that very version.
    """
    standing = standing_of(filing)
    if not standing.state.published:
        return None
    first, newest = standing.state.published[0], standing.state.published[-1]
    entry = next(one for one in reversed(standing.entries) if one.kind == "published" and one.version == newest.version)
    before = state_of(events_of(standing.entries[: entry.number - 1]))
    if before.approved != newest.version:
        raise BrokenFilingError(f"{filing}第{newest.version}版没有经过批准，不能公布，请由审计管理员用 gongkai verify 核验。")
    saved = next((one for one in standing.entries if one.kind == "saved" and one.version == newest.version), None)
    text = _text(filing, newest.version, str(saved.data["digest"]) if saved else "")
    return PublicEdition(
        filing=filing,
        version=newest.version,
        on=newest.on,
        first_on=first.on,
        content=from_text(text),
        changes=str(entry.data.get("changes", "")),
        files=dict(entry.data["files"]),
    )


def published_file(edition: PublicEdition, format: str) -> bytes:
    """The bytes of an edition's file, as they were published. KeyError for a format that it lacks; raises BrokenFilingError."""
    due = edition.files[format]
    kept = edition.filing.files.filter(version=edition.version, format=format).first()
    data = bytes(kept.data) if kept else b""
    if hashlib.sha256(data).hexdigest() != due:
        raise BrokenFilingError(f"{edition.filing}公布的文件与公布时不一致，请由审计管理员用 gongkai verify 核验。")
    return data


def _text(filing: Filing, version: int, digest: str) -> str:
    kept = filing.versions.filter(number=version).first()
    if kept is None or digest != digest_of(kept.content):
        raise BrokenFilingError(f"{filing}第{version}版的内容与保存时不一致，请由审计管理员用 gongkai verify 核验。")
    return kept.content
