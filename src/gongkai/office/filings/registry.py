"""The registry (年度报告总登记): one chain over all reports of the installation, by which a report is missed that was removed whole.

Every report that is begun and every step that is taken adds a line; versions saved in between are covered by the next step,
whose digest goes over all entries before it. The chain is keyed, and its length and end are sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from django.db import transaction
from django.db.models import Q

from .chain import registration_digest, registry_seal
from .models import Filing, FilingEntry, Registration, Registry
from .recorded import BrokenFilingError

_ONE = 1  # primary key of the only row
_REGISTERED = Q(number=1) | ~Q(kind="saved")


def is_registered(entry: FilingEntry) -> bool:
    """Whether an entry has a line in the registry; the same as ``_REGISTERED`` asks of the database."""
    return entry.number == 1 or entry.kind != "saved"


def enter(filing: Filing, entry: FilingEntry) -> None:
    """Add the line of an entry. To be called in the transaction that records the entry, as late as may be: whoever records
    another one waits until its end.
    """
    registry = Registry.objects.select_for_update().get_or_create(pk=_ONE, defaults={"seal": registry_seal(0, "")})[0]
    last = Registration.objects.order_by("number").last()
    if _end(registry) != ((last.number, last.digest) if last else (0, "")):
        raise BrokenFilingError("年度报告总登记与封存的不一致，不能再登记，请由审计管理员用 gongkai verify 核验。")
    line = Registration(
        number=registry.count + 1,
        organ=filing.organ.code,
        year=filing.year,
        entry=entry.number,
        entry_digest=entry.digest,
        previous=registry.head,
    )
    line.digest = _digest(line)
    line.save(force_insert=True)
    registry.count, registry.head = line.number, line.digest
    registry.seal = registry_seal(registry.count, registry.head)
    registry.save()


def verify_registry(organs: Collection[str]) -> Iterator[tuple[str, int, str]]:
    """What is wrong with the registry, and with reports of these organs (codes) that are not as it says: code of the organ, year,
    and Chinese; "" and 0 where it is the registry itself. What looks wrong is looked at once more while nothing can be added.
    """
    if any(_faults(organs)):
        with transaction.atomic():
            Registry.objects.select_for_update().filter(pk=_ONE).first()
            found = list(_faults(organs))
        yield from found


def _end(registry: Registry) -> tuple[int, str] | None:
    """How many lines there are and with which they end; None where the seal is not true."""
    end = registry.count, registry.head
    return end if registry.seal == registry_seal(*end) else None


def _faults(organs: Collection[str]) -> Iterator[tuple[str, int, str]]:
    lines = list(Registration.objects.order_by("number"))
    for message in _chain(lines, Registry.objects.filter(pk=_ONE).first()):
        yield "", 0, message
    filings = set(Filing.objects.filter(organ__code__in=organs).values_list("organ__code", "year"))
    rows = FilingEntry.objects.filter(filing__organ__code__in=organs).filter(_REGISTERED)
    found = rows.values_list("filing__organ__code", "filing__year", "number", "digest")
    due = {(organ, year, number): digest for organ, year, number, digest in found}
    lost = set()
    for line in lines:
        report = (line.organ, line.year)
        if line.organ not in organs:
            continue
        if report not in filings:
            if report not in lost:
                yield *report, "报告缺失：总登记中有这份报告，现在已不存在。"
            lost.add(report)
        elif due.pop((*report, line.entry), "") != line.entry_digest:
            yield *report, f"总登记第{line.number}项所记的第{line.entry}项记录缺失，或者被替换过。"
    for organ, year, number in due:
        yield organ, year, f"第{number}项记录不在总登记中，不是照规定产生的，或者总登记被改动过。"


def _chain(lines: list[Registration], registry: Registry | None) -> Iterator[str]:
    for before, after in pairwise([0, *(one.number for one in lines)]):
        for number in range(before + 1, after):
            yield f"第{number}项缺失。"
    previous = ""
    for one in lines:
        if one.digest != _digest(one):
            yield f"第{one.number}项与其校验值不一致，被改动过，或者是后来插入的。"
        if one.previous != previous:
            yield f"第{one.number}项与前一项衔接不上，前面的被改动、删除、插入或者调换过。"
        previous = one.digest
    if registry is None:
        if lines:
            yield "封存的项数缺失。"
    elif (end := _end(registry)) is None:
        yield "封存的校验值不符，项数或者末尾的一项被改动过。"
    elif (len(lines), previous) != end:
        yield f"封存时有{registry.count}项，现有{len(lines)}项，末尾的被删除、增加或者替换过。"


def _digest(line: Registration) -> str:
    return registration_digest(line.number, line.organ, line.year, line.entry, line.entry_digest, line.previous)
