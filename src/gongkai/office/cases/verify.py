"""Verifying (核验): whether the record is what was recorded. Everything is looked at, a chunk of cases at a time.

Each way of tampering shows somewhere: a changed event in its digest, a removed, added or moved one in the links, a cut-off
chain in the seal, a removed case in its register, a changed value or file in the digest its event holds, and a changed
column in what the events give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from django.db import transaction
from django.db.models import QuerySet

from gongkai.law.case.state import state_of
from gongkai.law.case.steps import steps

from ..calendars import Law, law_of
from ..organs.models import Organ
from ..vault import files, secrets
from .chain import case_seal, digest_of, register_seal
from .events import as_event, speaks_of, with_rows
from .handling import handler
from .models import Case, CaseEvent, Register
from .numbers import KEPT, case_number
from .projections import columns


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was recorded. ``case``: its number, or the register's year; ``event``: 0 for the case itself."""

    organ: str
    case: str
    event: int
    message: str

    def __str__(self) -> str:
        place = f"{self.organ} {self.case}" + (f" 第{self.event}项记录" if self.event else "")
        return f"{place}：{self.message}"


def verify(organs: QuerySet[Organ], since: date | None = None) -> Iterator[Fault]:
    """All faults in the organs' records; with ``since``, only in cases that something was recorded of since that day.

    What is missing altogether is looked for whatever the day. The office goes on working meanwhile: what looks wrong is looked
    at once more while nobody can write there, so that what was just being written is no fault.
    """
    for organ in organs:
        if any(_registers(organ)):
            yield from _registers_held_still(organ)
    cases = Case.objects.filter(organ__in=organs)
    if since:
        cases = cases.filter(pk__in=CaseEvent.objects.filter(at__date__gte=since).values("case"))
    law = cache(law_of)
    for case, rows in with_rows(cases, *_HELD):
        if any(_case(case, rows, law)):
            yield from _case_held_still(case)


_HELD = ("secrets__secret", "files__file")


def _registers_held_still(organ: Organ) -> list[Fault]:
    with transaction.atomic():
        list(Register.objects.select_for_update().filter(organ=organ))
        return list(_registers(organ))


def _case_held_still(case: Case) -> list[Fault]:
    with transaction.atomic():
        list(Case.objects.select_for_update(of=("self",)).filter(pk=case.pk))
        again = with_rows(Case.objects.filter(pk=case.pk), *_HELD)
        return [fault for one, rows in again for fault in _case(one, rows, law_of)]


def _registers(organ: Organ) -> Iterator[Fault]:
    """Whether each number that was given has its case, and each case its number in a register."""
    registers = {one.year: one for one in Register.objects.filter(organ=organ)}
    numbers = set(Case.objects.filter(organ=organ).values_list("number", flat=True))
    for year, register in sorted(registers.items()):
        if register.seal != register_seal(organ.code, year, register.last):
            place = "保留原编号的登记簿" if year == KEPT else f"{year}年登记簿"
            yield Fault(organ.code, place, 0, "登记的件数与封存的不一致，登记簿被改动过。")
        series = () if year == KEPT else (case_number(year, serial) for serial in range(1, register.last + 1))
        for number in series:
            if number not in numbers:
                yield Fault(organ.code, number, 0, "案件缺失：登记簿中有这个编号，案件已不存在。")
            numbers.discard(number)
    yield from _kept_numbers(organ, numbers, registers)


def _kept_numbers(organ: Organ, numbers: set[str], registers: Mapping[int, Register]) -> Iterator[Fault]:
    """Whether there are as many cases outside the series of the years as have kept the number of a ledger."""
    kept = registers[KEPT].last if KEPT in registers else 0
    if kept and len(numbers) != kept:
        message = f"登记的有{kept}件，现有{len(numbers)}件，有案件缺失，或者有案件不是经登记产生的。"
        yield Fault(organ.code, "保留原编号的登记簿", 0, message)
    elif not kept:
        for number in sorted(numbers):
            if number.partition("-")[0] in map(str, registers):
                message = "编号超过登记簿的最后一号，这件案件不是经登记产生的，或者登记簿被改动过。"
            else:
                message = "登记簿中没有这一年，这件案件不是经登记产生的，或者登记簿被删除。"
            yield Fault(organ.code, number, 0, message)


def _case(case: Case, rows: Sequence[CaseEvent], law: Callable[[Organ], Law]) -> Iterator[Fault]:
    """The faults of one case. Its columns are only compared where its events are sound."""
    broken = False
    for number, message in _chain(case, rows):
        broken = True
        yield Fault(case.organ.code, case.number, number, message)
    for number, message in (*_values(rows), *_files(rows)):
        yield Fault(case.organ.code, case.number, number, message)
    if not broken:
        yield from (Fault(case.organ.code, case.number, 0, message) for message in _columns(case, rows, law))


def _chain(case: Case, rows: Sequence[CaseEvent]) -> Iterator[tuple[int, str]]:
    if not rows:
        yield 0, "全部记录缺失。"
        return
    for before, after in pairwise([0, *(row.number for row in rows)]):
        for number in range(before + 1, after):
            yield number, "这项记录缺失。"
    previous = ""
    for row in rows:
        if row.digest != _digest(case, row):
            yield row.number, "内容与其校验值不一致，这项记录被改动过，或者是后来插入的。"
        if row.previous != previous:
            yield row.number, "与前一项记录衔接不上，前面的记录被改动、删除、插入或者调换过。"
        previous = row.digest
    if (len(rows), previous) != (case.events_count, case.head):
        yield 0, f"封存时有{case.events_count}项记录，现有{len(rows)}项，末尾的记录被删除、增加或者替换过。"
    if case.seal != case_seal(case.organ.code, case.number, case.events_count, case.head, case.query_code):
        yield 0, "封存的校验值不符，记录的项数、末尾的记录或者查询码被改动过。"


def _digest(case: Case, row: CaseEvent) -> str:
    return digest_of(
        organ=case.organ.code,
        case=case.number,
        number=row.number,
        kind=row.kind,
        on=row.on,
        data=row.data,
        actor=as_event(row).actor,
        at=row.at,
        previous=row.previous,
    )


def _values(rows: Sequence[CaseEvent]) -> Iterator[tuple[int, str]]:
    """Personal values: the event says which there are, the vault holds them."""
    for row in rows:
        told = dict(row.data.get("personal", {}))
        for kept in (one.secret for one in row.secrets.all()):
            if told.pop(kept.field, None) != kept.digest:
                yield row.number, f"个人信息“{_label(row, kept.field)}”不是这项记录所登记的。"
            elif not secrets.is_true(kept):
                yield row.number, f"个人信息“{_label(row, kept.field)}”被改动过，或者密钥不对。"
        yield from ((row.number, f"个人信息“{_label(row, field)}”缺失。") for field in told)


def _files(rows: Sequence[CaseEvent]) -> Iterator[tuple[int, str]]:
    """Files: the event says which there are, the vault holds them."""
    for row in rows:
        asked = {one.key for one in steps()[row.kind].fields if one.type == "files"} if row.kind in steps() else set()
        told = {(field, reference) for field in asked for reference in row.data.get(field, ())}
        for one in row.files.all():
            reference = next((each for each in told if each[0] == one.field and speaks_of(each[1], one.file)), None)
            if reference is None:
                yield row.number, f"文件“{one.file.name}”不是这项记录所登记的。"
            elif not files.is_true(one.file):
                yield row.number, f"文件“{one.file.name}”的内容被改动过或者缺失，或者密钥不对。"
            told.discard(reference)
        yield from ((row.number, f"文件“{_file_label(row, field)}”缺失。") for field, _ in sorted(told))


def _file_label(row: CaseEvent, field: str) -> str:
    asked = steps()[row.kind].field(field)
    return asked.label if asked else field


def _label(row: CaseEvent, field: str) -> str:
    step = steps().get("registered" if row.kind == "record_corrected" else row.kind)
    asked = step.field(field) if step else None
    return asked.label if asked else field


def _columns(case: Case, rows: Sequence[CaseEvent], law: Callable[[Organ], Law]) -> Iterator[str]:
    """Columns that are not what the events give. What an erased value led to can't be told any more."""
    state = state_of(map(as_event, rows))
    kept = [one.secret for row in rows for one in row.secrets.all()]
    organ = handler(case, state)
    found = columns(state, organ, law(organ).calendar, law(organ).rules, kept)
    if any(one.erased_at for one in kept):
        del found["applicant_index"]
    for column, value in found.items():
        if getattr(case, column) != value:
            yield _differs(Case._meta.get_field(column).verbose_name, getattr(case, column), value)
    assigned = sorted(one.key if one.organ_id == organ.pk else f"{one.organ}{one.key}" for one in case.assigned.all())
    if assigned != sorted(state.divisions):
        yield _differs("承办科室", "、".join(assigned), "、".join(sorted(state.divisions)))


def _differs(label: str, value: object, due: object) -> str:
    return f"“{label}”是“{_shown(value)}”，按记录应为“{_shown(due)}”；记录无误的，可用 rebuild 命令重新生成。"


def _shown(value: object) -> str:
    text = "空" if value is None or value == "" else str(value)
    return text if len(text) <= 40 else f"{text[:40]}……"
