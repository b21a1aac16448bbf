"""What every installation shares. An office sets the environment variables named here; nothing else has to be edited."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url

from .security import *  # noqa: F403 - a fragment of these settings

PACKAGE = Path(__file__).resolve().parent.parent

DATA = Path(os.environ.get("GONGKAI_DATA", "var")).resolve()
"""Folder of the database file, of stored files and of the keys. Environment: GONGKAI_DATA."""

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("GONGKAI_DATABASE", f"sqlite:///{DATA / 'gongkai.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
"""SQLite in DATA, or what GONGKAI_DATABASE says: postgresql://user:password@host/name."""

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # a writer waits its turn, and readers don't wait for it
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
    }

INSTALLED_APPS = [
    "gongkai.office.admin_site",  # before Wagtail: its templates come first
    "gongkai.office.organs",
    "gongkai.office.vault",
    "gongkai.office.cases",
    "gongkai.office.remedies",
    "gongkai.office.figures",
    "gongkai.office.registers",
    "gongkai.office.filings",
    "gongkai.office.intake",
    "gongkai.office.supervision",
    "gongkai.office.interchange",
    "gongkai.office.portal",
    "gongkai.office.demo",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "modelsearch",
    "taggit",
    "django_filters",
    "django_tasks",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongkai.office.admin_site.middleware.PolicyHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gongkai.office.typed.PlainText",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongkai.office.cases.unsent.KeepUnsentForms",
    "gongkai.office.filings.broken.BrokenFilings",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongkai.office.admin_site.middleware.ReachableRoutes",
    "axes.middleware.AxesMiddleware",  # last: it replaces the answer when signing in is stopped
]

ROOT_URLCONF = "gongkai.office.urls"
WSGI_APPLICATION = "gongkai.office.wsgi.application"
AUTH_USER_MODEL = "organs.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DATE_FORMAT = "Y年n月j日"
FORMAT_MODULE_PATH = None

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
MEDIA_ROOT = DATA / "files"
MEDIA_URL = "/files/"

WAGTAIL_SITE_NAME = "政府信息公开办公系统"
WAGTAILADMIN_BASE_URL = os.environ.get("GONGKAI_URL", "http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = False
LOGIN_URL = "wagtailadmin_login"

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
FILE_UPLOAD_HANDLERS = ["gongkai.office.vault.uploads.InMemory"]
"""Uploads stay in memory until they have been checked and encrypted: no file of an applicant is written in the clear."""

GONGKAI_FORM_LIMIT = 64 * 2**20
"""Bytes of one form with all its files."""

GONGKAI_UPLOAD_LIMIT = 10 * 2**20
"""Bytes of one uploaded file."""

GONGKAI_KEYS = os.environ.get("GONGKAI_KEYS", "").split()
"""Keys for what is kept encrypted, the newest first. Without them a key file in DATA is made (not in production)."""

GONGKAI_PROXIES = 0
"""How many proxies of one's own stand in front: what the outermost of them saw is a visitor's address."""
