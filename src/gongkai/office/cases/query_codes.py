"""Query codes (查询码): by which an applicant looks up a case without an account. Only a keyed digest is kept."""

from __future__ import annotations

import secrets

from ..vault.keys import sealed

SIGNS = "346789ACDEFGHJKMNPQRTWXY"
"""Signs that nobody takes for one another: without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V."""

_LENGTH = 10


def new_code() -> str:
    """A fresh code."""
    return "".join(secrets.choice(SIGNS) for _ in range(_LENGTH))


def digest_of(code: str) -> str:
    """What is kept of a code, however it was typed: small letters, spaces and hyphens make no difference."""
    return sealed("".join(sign for sign in code.upper() if sign.isalnum()).encode(), "query")
