"""The keys: one secret a key, from which a key for encrypting and one for digests are derived.

The newest encrypts; the older still decrypt, so that keys can be changed while the office works. The oldest makes the
digests, which can't be made anew from what they stand for: it stays at the end of the list when others are taken out.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_LENGTH = 32  # bytes of a key


def new_key() -> str:
    """A fresh key as text, for the setting."""
    return Fernet.generate_key().decode()


@cache
def _keys() -> tuple[bytes, ...]:
    """The raw keys, newest first. Where the setting is empty, a key file in DATA is used and made the first time."""
    texts = settings.GONGKAI_KEYS
    if not texts:
        path = settings.DATA / "keys"
        if not path.exists():
            settings.DATA.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(new_key() + "\n", "ascii")
        texts = path.read_text("ascii").split()
    return tuple(map(_raw, texts))


def _raw(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    if len(raw) != _LENGTH:
        raise ImproperlyConfigured("GONGKAI_KEYS 中的密钥不完整，请核对（python -m gongkai.office newkey 可以生成）。")
    return raw


def forget() -> None:
    """Read the setting anew when a key is next needed."""
    _keys.cache_clear()
    cipher.cache_clear()


def _derived(key: bytes, purpose: str) -> bytes:
    return hmac.digest(key, purpose.encode(), hashlib.sha256)


@cache
def cipher() -> MultiFernet:
    """Encrypts with the newest key, decrypts with any."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, "encrypt"))) for key in _keys()])


def sealed(message: bytes, purpose: str) -> str:
    """A keyed digest that nobody without the key can make, with the oldest key: it has to stay the same when keys are added."""
    return hmac.new(_derived(_keys()[-1], purpose), message, hashlib.sha256).hexdigest()
