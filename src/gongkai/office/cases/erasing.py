"""Erasing (清除个人信息): the personal values of a closed case, once nothing is left to keep them for.

个人信息保护法 第十九条 asks for the shortest time that the purpose needs, 第四十七条 for erasing afterwards.

What the events hold of them are digests: the chain stays as it was, and `gongkai verify` finds nothing amiss.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from ..organs.authority import note, require
from ..organs.models import Person
from ..vault import files, secrets
from ..vault.models import Secret, StoredFile
from .models import Case, EventFile, UnsentForm
from .views_case import IDENTIFYING


@dataclass(frozen=True, slots=True)
class Erased:
    """How many values and files were erased; ``shared``: files that another case holds too, and that therefore stay."""

    values: int
    files: int
    shared: int


def erase_personal(case: Case, *, by: Person, reason: str, papers: bool, today: date) -> Erased:
    """Erase a case's personal values and identity documents, with ``papers`` all its files. Only a security administrator
    does so, and says why; it is logged. Raises ValidationError while the values are still needed, PermissionDenied.
    """
    require(by, "security_admin", case.organ, today)
    if not reason.strip():
        raise ValidationError("请写明清除的原因，例如保存期限届满、申请人撤回同意。")
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if locked.status != "closed":
            raise ValidationError(f"案件 {case.number} 还没有办结，个人信息还要用来答复和送达，不能清除。")
        if locked.remedies.filter(closed_on=None).exists():
            raise ValidationError(f"案件 {case.number} 的复议或者诉讼还没有审结，个人信息还要用来答辩，不能清除。")
        values = list(Secret.objects.filter(eventsecret__event__case=locked, erased_at=None))
        for one in values:
            secrets.erase(one.pk)
        own, shared = _files(locked, papers)
        for stored in own:
            files.erase(stored)
        UnsentForm.objects.filter(organ=locked.organ, case=locked.number).delete()
        Case.objects.filter(pk=locked.pk).update(applicant_index="")
        done = Erased(len(values), len(own), len(shared))
        note(case, "cases.erase", by, case.organ, number=case.number, reason=reason, rows=done.values, files=done.files)
    case.applicant_index = ""
    return done


def _files(case: Case, papers: bool) -> tuple[list[StoredFile], list[StoredFile]]:
    """The files to erase, and those that would be but for another case."""
    held = EventFile.objects.filter(event__case=case, file__erased_at=None).select_related("file")
    if not papers:
        held = held.filter(field__in=IDENTIFYING)
    found = {one.file_id: one.file for one in held}
    elsewhere = set(EventFile.objects.filter(file__in=found).exclude(event__case=case).values_list("file", flat=True))
    return [one for key, one in found.items() if key not in elsewhere], [found[key] for key in elsewhere]
