"""The shingles of the texts that are compared over a district, kept beside each version that was sent on (`TextPrints`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongkai.comparing import prints_of

from .content import digest_of, from_text
from .filed import Filed
from .likeness import SECTIONS
from .models import Filing, FilingEntry, TextPrints

KEEPING = ("sent", "received")
"""The steps with which a version leaves the hands of its writers; what counts for the office above has gone through one."""


def keep(filing: Filing, version: int, texts: Mapping[str, str]) -> None:
    """Keep those of a version. ``texts``: by section."""
    for section, data in _due(texts).items():
        of = {"filing": filing, "version": version, "section": section}
        TextPrints.objects.update_or_create(**of, defaults={"data": data})


def kept(read: Iterable[Filed], section: str) -> dict[int, bytes]:
    """By primary key of the filing, those of the section's text; left out where none were kept. One query."""
    versions = {one.filing.pk: one.version for one in read}
    found = TextPrints.objects.filter(filing__in=versions, version__in=set(versions.values()), section=section)
    return {one.filing_id: bytes(one.data) for one in found if versions[one.filing_id] == one.version}


def keep_anew(filing: Filing, entries: Iterable[FilingEntry]) -> bool:
    """Keep anew those of every version that was sent on. Returns whether there was anything to set right."""
    due = _of_versions(filing, entries)
    wrong = due != {(one.version, one.section): bytes(one.data) for one in filing.prints.all()}
    if wrong:
        filing.prints.all().delete()
        made = [
            TextPrints(filing=filing, version=of, section=section, data=data) for (of, section), data in due.items()
        ]
        TextPrints.objects.bulk_create(made)
    return wrong


def altered(filing: Filing, entries: Iterable[FilingEntry]) -> list[int]:
    """The versions whose prints are not those of their text. None at all is no fault: they are made when they are asked for."""
    due = _of_versions(filing, entries)
    has = {(one.version, one.section): bytes(one.data) for one in filing.prints.all()}
    return sorted({of[0] for of, data in has.items() if due.get(of) != data})


def _of_versions(filing: Filing, entries: Iterable[FilingEntry]) -> dict[tuple[int, str], bytes]:
    """Of versions that are what was saved; others tell nothing."""
    entries = list(entries)
    saved = {one.version: one.data.get("digest") for one in entries if one.kind == "saved"}
    versions = filing.versions.filter(number__in={one.version for one in entries if one.kind in KEEPING})
    sound = (one for one in versions if digest_of(one.content) == saved.get(one.number))
    texts = {one.number: from_text(one.content).report.sections for one in sound}
    return {(number, section): data for number, each in texts.items() for section, data in _due(each).items()}


def _due(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {section: prints_of(texts[section]) for section in SECTIONS if texts.get(section)}
