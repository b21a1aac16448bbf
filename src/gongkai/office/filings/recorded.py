"""Reading what was recorded of a filing, verified: its entries, its state, the content of its versions, what is public."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import prefetch_related_objects

from gongkai.law.filing import FilingEvent, FilingState, state_of

from .chain import is_whole
from .content import Content, digest_of, from_text
from .models import Filing, FilingEntry, FilingVersion


class BrokenFilingError(Exception):
    """The filing's record is not what was recorded; nothing may be appended, nothing shown to the public."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A filing with its recorded entries, whole and verified, and the state that follows."""

    filing: Filing
    entries: tuple[FilingEntry, ...]
    state: FilingState


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """A version that was published. ``number``: the first edition is 1; ``changes``: what it corrects, "" for the first;
    ``files``: SHA-256 of its files by format, see `published_file`.
    """

    number: int
    version: int
    on: date
    at: datetime
    changes: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PublicEdition:
    """The edition that is public, the newest. ``on``: the day of its publication; ``first_on``: of the first edition;
    ``changes`` and ``files`` as with `PublishedEdition`; ``editions``: all that were published, oldest first.
    """

    filing: Filing
    version: int
    on: date
    first_on: date
    content: Content
    changes: str
    files: Mapping[str, str]
    editions: tuple[PublishedEdition, ...]


def standing_of(filing: Filing) -> Standing:
    """The filing's verified entries and state. Raises BrokenFilingError."""
    return _standing(filing, filing.entries.select_related("actor").order_by("number"))


def _standing(filing: Filing, read: Iterable[FilingEntry]) -> Standing:
    entries = tuple(read)
    if not entries or not is_whole(filing, entries):
        raise BrokenFilingError(f"{filing}的记录与封存的记录不一致，请由审计管理员用 gongkai verify 核验。")
    return Standing(filing, entries, state_of(events_of(entries)))


def events_of(entries: tuple[FilingEntry, ...]) -> list[FilingEvent]:
    """The entries for the core: steps, and versions that were saved."""
    return [FilingEvent(one.kind, one.version, one.on, str(one.actor_id or ""), one.data) for one in entries]


def content_of(filing: Filing, version: int) -> Content:
    """The content of a version, as it was saved. Raises BrokenFilingError where it was changed since."""
    return from_text(content_text(filing, version))


def content_text(filing: Filing, version: int) -> str:
    """The text of a version's content, as it was saved. Raises BrokenFilingError where it was changed since."""
    saved = filing.entries.filter(kind="saved", version=version).first()
    return _text(filing, version, str(saved.data["digest"]) if saved else "")


def public_edition(filing: Filing) -> PublicEdition | None:
    """What the public may see: the newest edition by the verified record, never by a column. None where nothing is public.

    Raises BrokenFilingError where the chain is not whole, the content is not what was saved, or an edition was not approved
    as that very version.
    """
    standing = standing_of(filing)
    editions = editions_of(standing)
    if not editions:
        return None
    kept = filing.versions.filter(number=editions[-1].version).first()
    return _public(standing, editions, kept.content if kept else "")


def public_editions(filings: Iterable[Filing]) -> dict[int, PublicEdition]:
    """`public_edition` of each filing (by primary key) that has one and whose record is whole. Two queries for any number."""
    published = published_of(filings)
    wanted = {(pk, editions[-1].version): "" for pk, (_, editions) in published.items()}
    versions = FilingVersion.objects.filter(filing__in=published, number__in={number for _, number in wanted})
    texts = wanted | {(one.filing_id, one.number): one.content for one in versions}
    found = {}
    for pk, (standing, editions) in published.items():
        with suppress(BrokenFilingError):
            found[pk] = _public(standing, editions, texts[pk, editions[-1].version])
    return found


def standings_of(filings: Iterable[Filing]) -> dict[int, Standing]:
    """By primary key, `standing_of` each filing whose record is whole. A fixed number of queries."""
    filings = list(filings)
    prefetch_related_objects(filings, "organ")
    entries: dict[int, list[FilingEntry]] = {one.pk: [] for one in filings}
    for entry in FilingEntry.objects.filter(filing__in=entries).order_by("filing", "number"):
        entries[entry.filing_id].append(entry)
    found = {}
    for filing in filings:
        with suppress(BrokenFilingError):
            found[filing.pk] = _standing(filing, entries[filing.pk])
    return found


def published_of(filings: Iterable[Filing]) -> dict[int, tuple[Standing, tuple[PublishedEdition, ...]]]:
    """By primary key, what was published of each filing that has an edition and whose record is whole. One query."""
    found = {}
    for pk, standing in standings_of(filings).items():
        with suppress(BrokenFilingError):
            if editions := editions_of(standing):
                found[pk] = (standing, editions)
    return found


def editions_of(standing: Standing) -> tuple[PublishedEdition, ...]:
    """Every edition by the record, oldest first. Raises BrokenFilingError where one was not approved as that very version."""
    found: list[PublishedEdition] = []
    for entry in standing.entries:
        if entry.kind != "published":
            continue
        if state_of(events_of(standing.entries[: entry.number - 1])).approved != entry.version:
            raise BrokenFilingError(
                f"{standing.filing}第{entry.version}版没有经过批准，不能公布，请由审计管理员用 gongkai verify 核验。"
            )
        changes, files = str(entry.data.get("changes", "")), dict(entry.data["files"])
        found.append(PublishedEdition(len(found) + 1, entry.version, entry.on, entry.at, changes, files))
    return tuple(found)


def published_file(edition: PublicEdition, format: str, of: PublishedEdition | None = None) -> bytes:
    """The bytes of a file as it was published: of the newest edition, or of an earlier one. Raises BrokenFilingError, and
    KeyError for a format that the edition lacks.
    """
    version, files = (of.version, of.files) if of else (edition.version, edition.files)
    due = files[format]
    kept = edition.filing.files.filter(version=version, format=format).first()
    data = kept.content if kept else b""
    if hashlib.sha256(data).hexdigest() != due:
        raise BrokenFilingError(f"{edition.filing}公布的文件与公布时不一致，请由审计管理员用 gongkai verify 核验。")
    return data


def _public(standing: Standing, editions: tuple[PublishedEdition, ...], text: str) -> PublicEdition:
    filing, newest = standing.filing, editions[-1]
    saved = next((one for one in standing.entries if one.kind == "saved" and one.version == newest.version), None)
    if saved is None or saved.data["digest"] != digest_of(text):
        raise _changed(filing, newest.version)
    return PublicEdition(
        filing=filing,
        version=newest.version,
        on=newest.on,
        first_on=editions[0].on,
        content=from_text(text),
        changes=newest.changes,
        files=newest.files,
        editions=editions,
    )


def _text(filing: Filing, version: int, digest: str) -> str:
    kept = filing.versions.filter(number=version).first()
    if kept is None or digest != digest_of(kept.content):
        raise _changed(filing, version)
    return kept.content


def _changed(filing: Filing, version: int) -> BrokenFilingError:
    return BrokenFilingError(f"{filing}第{version}版的内容与保存时不一致，请由审计管理员用 gongkai verify 核验。")
