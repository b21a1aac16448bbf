"""Changing keys: everything is encrypted anew with the newest, while the office goes on working.

Results of checks on the public page and what a session holds are not touched: they are gone within hours of their own accord.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from .fields import EncryptedField, encrypted_fields
from .files import reencrypt
from .keys import cipher
from .models import StoredFile


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many values and files were encrypted anew, and the keys of files that are gone."""

    values: int
    files: int
    lost: tuple[str, ...]


def rotate() -> Rotated:
    """Encrypt every encrypted column and all files with the newest key. May be called again after a break."""
    lost: list[str] = []
    files = 0
    for stored in StoredFile.objects.filter(erased_at=None).iterator():
        try:
            reencrypt(stored)
            files += 1
        except FileNotFoundError:
            lost.append(str(stored.key))
    values = sum(_rotated(field, keys) for field in encrypted_fields() for keys in _batches(field))
    return Rotated(values, files, tuple(lost))


def _batches(field: EncryptedField) -> Iterator[list[object]]:
    keys = field.model._base_manager.exclude(**{field.name: None}).order_by("pk").values_list("pk", flat=True)
    found = list(keys[: field.at_once])
    while found:
        yield found
        found = list(keys.filter(pk__gt=found[-1])[: field.at_once])


def _rotated(field: EncryptedField, keys: list[object]) -> int:
    """One batch in a transaction of its own; a value erased meanwhile stays erased."""
    rows = field.model._base_manager.filter(pk__in=keys).exclude(**{field.name: None})
    with transaction.atomic():
        batch = list(rows.select_for_update().only(field.name))
        for row in batch:
            setattr(row, field.attname, cipher().rotate(bytes(getattr(row, field.attname))))
        field.model._base_manager.bulk_update(batch, [field.name])
    return len(batch)
