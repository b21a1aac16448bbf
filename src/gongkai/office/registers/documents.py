"""规章和规范性文件: entering, correcting and withdrawing documents, and their confirmation by another body.

A document is issued and repealed in the years of those days. It is in force from the day of issue until the day before it is
repealed, at most to its last day of validity. Expiry is no repeal. A document that is repealed after it expired counts as
repealed in the year of that day; it left the documents in force once, when it expired. Hence for every year
in force = in force the year before + issued - repealed - expired + repealed after they had expired.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.law import document_kinds
from gongkai.law.calendar import chinese_date
from gongkai.reading.folding import fold
from gongkai.report.form import CellKey

from ..clock import now
from ..organs.authority import note
from ..organs.models import Organ, Person
from .models import Confirmation, Document, DocumentChange
from .responsible import end, entered, locked, require

RULES = "rules"
"""The kind of document that only some organs may make (立法法第九十一条、第九十三条)."""

FIELDS = (
    "kind", "title", "number", "issued_on", "effective_on", "expires_on", "repealed_on", "repealed_by", "repealed_by_other", "remark",
)  # fmt: skip

_BRACKETS = str.maketrans("[]【】{}", "()()()")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def kinds_of(organ: Organ) -> list[tuple[str, str]]:
    """Code and label of the kinds of documents that the organ may make."""
    return [(term.code, term.label) for term in document_kinds().terms if term.code != RULES or organ.makes_rules]


def identity_of(title: str, number: str, issued_on: date) -> str:
    """By what a document is known again: its number, with the year where the number names none; else title and day of issue."""
    plain = "".join(fold(number).split()).lower().translate(_BRACKETS)
    if not plain:
        return f"{issued_on.isoformat()} {''.join(fold(title).split())}"
    return plain if _YEAR.search(plain) else f"{issued_on.year} {plain}"


def same_document(organ: Organ, identity: str) -> Document | None:
    """The document of the register that is known by this."""
    return Document.objects.filter(Document.in_force, organ=organ, identity=identity).first()


@transaction.atomic
def add_document(organ: Organ, *, by: Person | None, today: date, **values: Any) -> Document:
    """Enter a document. ``values``: of FIELDS. Raises ValidationError by field; a document that is there already is told."""
    require(by, organ, today)
    locked(organ)
    document = Document(organ=organ, **values)
    _check(document, today)
    entered(document, by, "registers.document.add", title=document.title, number=document.number)
    _remember(document, "add", by, "", {})
    return document


@transaction.atomic
def correct_document(
    document: Document, values: Mapping[str, Any], *, reason: str, by: Person | None, today: date
) -> bool:
    """Correct or complete a document's entry; what stood there is kept in its history. False where nothing is different."""
    require(by, document.organ, today)
    locked(document.organ)
    document.refresh_from_db()
    if document.ended_at:
        raise ValidationError("这份文件的登记已经撤回，不能再更正。")
    changes = {}
    for field in FIELDS:
        if field in values and values[field] != (old := getattr(document, field)):
            setattr(document, field, values[field])
            changes[field] = [_told(field, old), _told(field, values[field])]
    if not changes:
        return False
    _check(document, today)
    document.save()
    _remember(document, "correct", by, reason, changes)
    note(document, "registers.document.correct", by, document.organ, reason=reason, changes=changes)
    return True


@transaction.atomic
def withdraw_document(document: Document, *, reason: str, by: Person | None, today: date) -> None:
    """Withdraw an entry that was made by mistake; it no longer counts, and stays to be read."""
    require(by, document.organ, today)
    locked(document.organ)
    document.refresh_from_db()
    if document.ended_at:
        raise ValidationError("这份文件的登记已经撤回。")
    if not reason.strip():
        raise ValidationError({"reason": "请写明撤回的原因。"})
    if other := Document.objects.filter(Document.in_force, repealed_by=document).first():
        raise ValidationError(f"“{other}”登记为由这份文件废止，请先更正那一份。")
    end(document, by, reason)
    _remember(document, "withdraw", by, reason, {})
    note(document, "registers.document.withdraw", by, document.organ, reason=reason, title=document.title)


@transaction.atomic
def confirm_documents(
    organ: Organ,
    year: int,
    *,
    body: str,
    confirmed_on: date,
    letter: str,
    figures: Mapping[CellKey, int],
    by: Person | None,
    today: date,
    reason: str = "",
) -> Confirmation:
    """Enter that another body confirmed the figures of a year. An earlier confirmation of the year is kept beside it."""
    require(by, organ, today)
    locked(organ)
    if confirmed_on > today:
        raise ValidationError({"confirmed_on": "确认日期不能晚于今天。"})
    before = Confirmation.objects.filter(Confirmation.in_force, organ=organ, year=year).first()
    one = Confirmation(
        organ=organ,
        year=year,
        body=body,
        confirmed_on=confirmed_on,
        letter=letter,
        figures=dict(figures),
        follows=before,
    )
    one.check_typed()
    if before:
        end(before, by, reason or "另有新的确认")
    entered(one, by, "registers.confirmation", year=year, body=body, letter=letter, figures=dict(figures))
    return one


def _check(document: Document, today: date) -> None:
    """Raise ValidationError, by field, for what can't be."""
    wrong: dict[str, str] = {}
    document.title, document.number = document.title.strip(), document.number.strip()
    document.check_typed()
    if document.kind not in document_kinds():
        wrong["kind"] = "请选择文件的类别。"
    elif document.kind == RULES and not document.organ.makes_rules:
        wrong["kind"] = "本机关没有规章制定权，不能登记规章。有规章制定权的，请系统管理员在“机关”中改正。"
    if document.issued_on > today:
        wrong["issued_on"] = "制发日期不能晚于今天。"
    if document.effective_on and document.effective_on < document.issued_on:
        wrong["effective_on"] = "施行日期不能早于制发日期。"
    if document.expires_on and document.expires_on < (document.effective_on or document.issued_on):
        wrong["expires_on"] = "有效期的最后一天不能早于制发、施行日期。"
    if document.repealed_on and document.repealed_on < document.issued_on:
        wrong["repealed_on"] = "废止日期不能早于制发日期。"
    if document.repealed_on and document.repealed_on > today:
        wrong["repealed_on"] = "废止日期不能晚于今天，到了废止的那一天再登记。"
    if (document.repealed_by or document.repealed_by_other) and not document.repealed_on:
        wrong["repealed_on"] = "写了据以废止的文件，请填写废止日期。"
    if document.repealed_by and document.repealed_by_other:
        wrong["repealed_by_other"] = "据以废止的文件只能写一处。"
    if document.repealed_by and document.repealed_by.pk == document.pk:
        wrong["repealed_by"] = "文件不能由它自己废止。"
    document.identity = identity_of(document.title, document.number, document.issued_on)
    if (twin := same_document(document.organ, document.identity)) and twin.pk != document.pk:
        wrong.setdefault(
            "number" if document.number else "title", f"登记簿已有“{twin}”，请不要重复登记，需要改动的请更正那一份。"
        )
    if wrong:
        raise ValidationError(wrong)


def _remember(document: Document, what: str, by: Person | None, reason: str, changes: Mapping[str, Any]) -> None:
    DocumentChange.objects.create(document=document, what=what, by=by, at=now(), reason=reason, changes=dict(changes))


def _told(field: str, value: Any) -> str:
    """A value as the history tells it."""
    if isinstance(value, date):
        return chinese_date(value)
    if field == "kind" and value in document_kinds():
        return document_kinds()[value].label
    return str(value or "")
