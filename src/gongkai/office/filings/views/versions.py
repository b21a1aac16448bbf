"""Screens of 版本: every version as it was saved, two of them beside each other, files of each, and the sealed record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.law.filing import filing_steps
from gongkai.report.writing import FORMATS, write

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ...downloads import FORMAT_NAMES, download
from ...intake.originals import originals_of
from ..comparison import compare
from ..models import Filing, FilingEntry
from ..needs import READ
from ..printing import shown
from ..recorded import Standing, content_of, public_edition, published_file, standing_of
from ..verify import faults_of
from .frame import filing_page
from .steps import noted, overridden

_TOLD = frozenset(
    {"sent", "received", "reviewed", "approved", "submitted", "accepted", "published", "returned", "sent_back"}
)
"""The steps that a version is listed with."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version as listed: the entry of its saving, and what was done with it. ``original``: the name of the file from which
    it was made, "" for one that was made here.
    """

    saved: FilingEntry
    done: Sequence[str]
    public: bool
    original: str = ""


def versions(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """All versions, the newest first, and the sealed record."""
    standing = standing_of(request.subject.thing)
    listed = listed_versions(standing)
    numbers = [one.saved.version for one in listed]
    return filing_page(
        request,
        "filings/versions.html",
        "filings_versions",
        standing=standing,
        versions=listed,
        numbers=numbers,
        before=standing.state.public or (numbers[1] if len(numbers) > 1 else numbers[0]),
        faults=faults_of(standing.filing),
        files=[one for one in standing.entries if one.kind == "published"],
    )


def version(request: HttpRequest, organ: str, year: int, version: int) -> HttpResponse:
    """One version whole, as it would be printed."""
    filing: Filing = request.subject.thing
    standing = standing_of(filing)
    listed = _listed(standing, version)
    content = content_of(filing, version)
    return filing_page(
        request,
        "filings/version.html",
        "filings_versions",
        standing=standing,
        version=listed,
        report=shown(content.report),
        overrides=overridden(content),
        notes=noted(filing, content),
        formats=[(format, FORMAT_NAMES[format]) for format in FORMATS],
    )


def comparison(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Two versions beside each other: figures with both numbers, text with what was taken out and put in."""
    filing: Filing = request.subject.thing
    standing = standing_of(filing)
    old, new = (_number(request.GET.get(name, "")) for name in ("old", "new"))
    if old is None and new is None:
        old, new = max(1, filing.newest - 1), filing.newest
    if old is None or new is None:
        raise Http404
    for number in (old, new):
        _listed(standing, number)
    return filing_page(
        request,
        "filings/comparison.html",
        "filings_versions",
        standing=standing,
        old=old,
        new=new,
        numbers=[one.saved.version for one in listed_versions(standing)],
        differences=compare(content_of(filing, old).report, content_of(filing, new).report),
    )


def file(request: HttpRequest, organ: str, year: int, version: int, format: str) -> HttpResponse:
    """A version as a file: of the public edition the very bytes that were published, else made now and marked as a draft."""
    filing: Filing = request.subject.thing
    standing = standing_of(filing)
    _listed(standing, version)
    if format not in FORMATS:
        raise Http404
    edition = public_edition(filing)
    content = content_of(filing, version)
    name = content.report.title or f"{filing}"
    if edition and edition.version == version and format in edition.files:
        data = published_file(edition, format)
    else:
        data = write(content.report, format)
        name = f"{name}（{'曾公布的' if _was_public(standing, version) else '草稿'}第{version}版）"
    return download(data, f"{name}.{format}")


def listed_versions(standing: Standing) -> list[Version]:
    """The versions with what was done with each, the newest first."""
    done: dict[int, list[str]] = {}
    for one in standing.entries:
        if one.kind in _TOLD:
            done.setdefault(one.version, []).append(filing_steps()[one.kind].done)
    saved = [one for one in standing.entries if one.kind == "saved"]
    public = standing.state.public
    names = {one.version: one.name.rsplit("/", 1)[-1] for one in originals_of(standing.filing)}
    return [
        Version(one, done.get(one.version, []), one.version == public, names.get(one.version, ""))
        for one in reversed(saved)
    ]


def _listed(standing: Standing, number: int) -> Version:
    found = next((one for one in listed_versions(standing) if one.saved.version == number), None)
    if found is None:
        raise Http404
    return found


def _was_public(standing: Standing, version: int) -> bool:
    return any(one.version == version for one in standing.state.published)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


patterns = [
    guarded("<str:organ>/<int:year>/versions/", versions, name="filings_versions", need=READ, methods=READ_METHODS),
    guarded(
        "<str:organ>/<int:year>/versions/compare/", comparison, name="filings_compare", need=READ, methods=READ_METHODS
    ),
    guarded(
        "<str:organ>/<int:year>/versions/<int:version>/",
        version,
        name="filings_version",
        need=READ,
        methods=READ_METHODS,
    ),
    guarded(
        "<str:organ>/<int:year>/versions/<int:version>/<str:format>/",
        file,
        name="filings_version_file",
        need=READ,
        methods=READ_METHODS,
    ),
]
