"""For an office: nothing has a default that would be unsafe."""

from __future__ import annotations

import os

from .base import *  # noqa: F403
from .base import GONGKAI_KEYS

DEBUG = False
SECRET_KEY = os.environ["GONGKAI_SECRET"]
ALLOWED_HOSTS = os.environ["GONGKAI_HOSTS"].split()
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
if not GONGKAI_KEYS:
    raise RuntimeError("请在环境变量 GONGKAI_KEYS 中给出加密密钥（python -m gongkai.office newkey 可以生成）。")

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
GONGKAI_PROXIES = int(os.environ.get("GONGKAI_PROXIES", "1"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    "__Host-session",
    "__Host-csrf",
)  # taken from this host alone, whatever its neighbours send
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
