"""Keeping, reading, finding and erasing personal values."""

from __future__ import annotations

import hashlib
import secrets as random
import unicodedata
import uuid

from cryptography.fernet import InvalidToken

from ..clock import now
from .keys import cipher, sealed
from .models import Secret


def prepared(field: str, value: str) -> Secret:
    """A value encrypted, not stored yet. The secret's ``digest`` is what an event may hold."""
    salt = random.token_bytes(16)
    return Secret(
        field=field,
        ciphertext=cipher().encrypt(value.encode()),
        salt=salt,
        digest=_digest(salt, value),
        index=index_of(field, value),
    )


def keep(field: str, value: str) -> Secret:
    """Store a value encrypted."""
    secret = prepared(field, value)
    secret.save(force_insert=True)
    return secret


def reveal(secret: Secret) -> str | None:
    """The value; None where it was erased. Whoever calls this has checked that the reader may see it."""
    return None if secret.ciphertext is None else cipher().decrypt(bytes(secret.ciphertext)).decode()


def is_true(secret: Secret) -> bool:
    """Whether the stored value still is the one whose digest was taken, and found by its index; an erased one is."""
    try:
        value = reveal(secret)
    except InvalidToken:
        return False
    return value is None or (
        _digest(bytes(secret.salt), value) == secret.digest and index_of(secret.field, value) == secret.index
    )


def erase(key: uuid.UUID) -> None:
    """Remove the value for good; its digest stays in the record. The salt goes too: with it, a number that has few possible
    values could be found again by trying them all.
    """
    Secret.objects.filter(pk=key).update(ciphertext=None, index="", salt=b"", erased_at=now())


def index_of(field: str, value: str) -> str:
    """By what equal values of a field are found: keyed digest of the value without spaces, width or case."""
    folded = "".join(unicodedata.normalize("NFKC", value).casefold().split())
    return sealed(f"{field}\x00{folded}".encode(), "index")


def _digest(salt: bytes, value: str) -> str:
    return hashlib.sha256(salt + value.encode()).hexdigest()


def masked(field: str, value: str) -> str:
    """The value as screens show it by default: 张**, ***********1234, z***@example.cn."""
    if not value:
        return ""
    if field.endswith("name"):
        return value[0] + "*" * max(1, len(value) - 1)
    if "@" in value:
        name, host = value.rsplit("@", 1)
        return f"{name[:1]}***@{host}"
    kept = 4 if len(value) > 6 else 1
    return "*" * (len(value) - kept) + value[-kept:]
