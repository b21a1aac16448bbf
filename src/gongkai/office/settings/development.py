"""For trying it out on one's own machine: ``make run``."""

from __future__ import annotations

from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403
from .base import DATA

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]


def _secret() -> str:
    """A secret of this folder's own, made once, so that a restart signs nobody out."""
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / "secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), "utf-8")
    return path.read_text("utf-8")


SECRET_KEY = _secret()
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
