"""Verifying filings (核验年度报告): whether versions, steps and published files are what was recorded. Each fault is named.

A changed entry shows in its digest, a removed, added or moved one in the links, a cut-off chain in the seal, a changed version
or file in the digest that its entry holds, a changed column in what the entries give, a removed report in the registry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db import transaction
from django.db.models import QuerySet

from gongkai.law.filing import FilingState, filing_steps, state_of

from ..organs.models import Organ
from .chain import digest_of as chain_digest
from .chain import seal_of
from .content import digest_of
from .models import Filing, FilingEntry
from .prints import altered, keep_anew
from .record import PROJECTED, project
from .recorded import events_of
from .registry import verify_registry


@dataclass(frozen=True, slots=True)
class FilingFault:
    """Something that is not as it was recorded. ``entry``: number of the entry, 0 for the filing itself. ``organ``: its code, "" for
    the registry of all filings.
    """

    organ: str
    year: int
    entry: int
    message: str

    def __str__(self) -> str:
        if not self.organ:
            return f"年度报告总登记：{self.message}"
        place = f"{self.organ} {self.year}年度报告" + (f" 第{self.entry}项记录" if self.entry else "")
        return f"{place}：{self.message}"


def verify_filings(organs: QuerySet[Organ], since: date | None = None) -> Iterator[FilingFault]:
    """All faults of these organs' filings; with ``since``, only of those that something was recorded of since that day.

    What is missing altogether is looked for whatever the day. The office goes on working meanwhile: what looks wrong is looked
    at once more while nobody can write there.
    """
    for organ, year, message in verify_registry(set(organs.values_list("code", flat=True))):
        yield FilingFault(organ, year, 0, message)
    wanted = Filing.objects.filter(organ__in=organs).select_related("organ").order_by("organ__code", "year")
    if since:
        wanted = wanted.filter(pk__in=FilingEntry.objects.filter(at__date__gte=since).values("filing"))
    for filing in wanted.iterator(chunk_size=100):
        if faults_of(filing):
            with transaction.atomic():
                again = Filing.objects.select_for_update(of=("self",)).select_related("organ").get(pk=filing.pk)
                yield from faults_of(again)


def faults_of(filing: Filing) -> list[FilingFault]:
    """The faults of one filing. Its columns are only compared where its entries are sound."""
    entries = tuple(filing.entries.order_by("number"))
    found = list(_chain(filing, entries))
    broken = bool(found)
    found += [*_contents(filing, entries), *_files(filing, entries)]
    if not broken:
        found += _lawful(entries)
        found += ((0, message) for message in _columns(filing, entries))
    return [FilingFault(filing.organ.code, filing.year, number, message) for number, message in found]


def rebuild_filings(filings: QuerySet[Filing]) -> int:
    """Write the columns of these filings anew from their entries. Returns how many were not what the entries give."""
    changed = 0
    for pk in filings.values_list("pk", flat=True):
        with transaction.atomic():
            filing = Filing.objects.select_for_update(of=("self",)).get(pk=pk)
            entries = tuple(filing.entries.order_by("number"))
            differing = _differing(filing, entries)
            if differing:
                filing.save()
            if keep_anew(filing, entries) or differing:
                changed += 1
    return changed


def _chain(filing: Filing, entries: Sequence[FilingEntry]) -> Iterator[tuple[int, str]]:
    if not entries:
        yield 0, "全部记录缺失。"
        return
    for before, after in pairwise([0, *(one.number for one in entries)]):
        for number in range(before + 1, after):
            yield number, "这项记录缺失。"
    previous = ""
    for one in entries:
        if one.digest != chain_digest(filing, one):
            yield one.number, "内容与其校验值不一致，这项记录被改动过，或者是后来插入的。"
        if one.previous != previous:
            yield one.number, "与前一项记录衔接不上，前面的记录被改动、删除、插入或者调换过。"
        previous = one.digest
    if (len(entries), previous) != (filing.entries_count, filing.head):
        yield 0, f"封存时有{filing.entries_count}项记录，现有{len(entries)}项，末尾的记录被删除、增加或者替换过。"
    if filing.seal != seal_of(filing):
        yield 0, "封存的校验值不符，机关、年度、记录的项数或者末尾的记录被改动过。"


def _contents(filing: Filing, entries: Sequence[FilingEntry]) -> Iterator[tuple[int, str]]:
    """Versions: the entry holds the digest of the content, the table the content."""
    saved = {one.version: one for one in entries if one.kind == "saved"}
    for version in filing.versions.iterator(chunk_size=20):
        entry = saved.pop(version.number, None)
        if entry is None:
            yield 0, f"第{version.number}版不是经保存产生的。"
        elif entry.data.get("digest") != digest_of(version.content):
            yield entry.number, f"第{version.number}版的内容被改动过。"
    yield from ((one.number, f"第{one.version}版的内容缺失。") for one in saved.values())


def _files(filing: Filing, entries: Sequence[FilingEntry]) -> Iterator[tuple[int, str]]:
    """Published files: the entry of the publication holds their digests."""
    due = {
        (one.version, format): (one.number, digest)
        for one in entries
        if one.kind == "published"
        for format, digest in one.data.get("files", {}).items()
    }
    for kept in filing.files.iterator(chunk_size=5):
        number, digest = due.pop((kept.version, kept.format), (0, ""))
        name = f"第{kept.version}版公布的文件（{kept.format}）"
        if not digest:
            yield 0, f"{name}不是经发布产生的。"
        elif hashlib.sha256(kept.content).hexdigest() != digest or kept.sha256 != digest:
            yield number, f"{name}被改动过。"
    for (version, format), (number, _) in due.items():
        yield number, f"第{version}版公布的文件（{format}）缺失。"


def _lawful(entries: tuple[FilingEntry, ...]) -> Iterator[tuple[int, str]]:
    """Whether each step could follow on those before it, and nothing was published that was not approved."""
    for place, entry in enumerate(entries):
        before: FilingState = state_of(events_of(entries[:place]))
        if entry.kind == "saved":
            if not before.open:
                yield entry.number, f"报告处于“{before.label}”时不能保存，这项记录不是照规定产生的。"
            continue
        step = filing_steps()[entry.kind]
        if before.stage not in step.sources:
            yield entry.number, f"报告处于“{before.label}”时不能{step.label}，这项记录不是照规定产生的。"
        if entry.kind == "published" and before.approved != entry.version:
            yield entry.number, f"公布的第{entry.version}版没有经过批准。"


def _columns(filing: Filing, entries: tuple[FilingEntry, ...]) -> Iterator[str]:
    """Columns that are not what the entries give."""
    for column, has, due in _differing(copy(filing), entries):
        label = Filing._meta.get_field(column).verbose_name
        yield f"“{label}”是“{_shown(has)}”，按记录应为“{_shown(due)}”；记录无误的，可用 rebuild 命令重新生成。"
    for version in altered(filing, entries):
        yield f"第{version}版为比对文字留存的数据与文字不符；记录无误的，可用 rebuild 命令重新生成。"


def _differing(filing: Filing, entries: tuple[FilingEntry, ...]) -> list[tuple[str, object, object]]:
    """The columns that differ, with what they hold and what they should; the filing itself then holds what it should."""
    has = {column: getattr(filing, column) for column in PROJECTED}
    project(filing, entries)
    return [
        (column, value, getattr(filing, column)) for column, value in has.items() if value != getattr(filing, column)
    ]


def _shown(value: object) -> str:
    return "空" if value is None or value == "" else str(value)
