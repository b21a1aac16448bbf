"""For tests: quick password hashes, a key of its own, nothing outside the test's folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES

SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
GONGKAI_KEYS = ["dGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgMTI="]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
DATA = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
MEDIA_ROOT = DATA / "files"
if "GONGKAI_DATABASE" not in os.environ:
    DATABASES["default"]["NAME"] = str(DATA / "gongkai.sqlite3")
