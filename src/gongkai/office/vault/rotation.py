"""Changing keys: everything is encrypted anew with the newest, while the office goes on working."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from .files import reencrypt
from .keys import cipher
from .models import Secret, StoredFile

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many values and files were encrypted anew, and the keys of files that are gone."""

    secrets: int
    files: int
    lost: tuple[str, ...]


def rotate() -> Rotated:
    """Encrypt all values and files with the newest key. May be called again after a break."""
    lost: list[str] = []
    files = 0
    for stored in StoredFile.objects.filter(erased_at=None).iterator():
        try:
            reencrypt(stored)
            files += 1
        except FileNotFoundError:
            lost.append(str(stored.key))
    return Rotated(sum(map(_rotate_secrets, _batches())), files, tuple(lost))


def _batches() -> Iterator[list[object]]:
    keys = Secret.objects.exclude(ciphertext=None).order_by("pk").values_list("pk", flat=True)
    found = list(keys[:_BATCH])
    while found:
        yield found
        found = list(keys.filter(pk__gt=found[-1])[:_BATCH])


def _rotate_secrets(keys: list[object]) -> int:
    """One batch in a transaction of its own; a value erased meanwhile stays erased."""
    with transaction.atomic():
        batch = list(Secret.objects.select_for_update().filter(pk__in=keys).exclude(ciphertext=None))
        for secret in batch:
            secret.ciphertext = cipher().rotate(bytes(secret.ciphertext))
        Secret.objects.bulk_update(batch, ["ciphertext"])
    return len(batch)
