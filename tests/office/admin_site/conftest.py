"""Someone who may enter the back office and no more, and someone of every power, whom closed routes are to stop too.

What lets a person in is their roles; these tests are about what comes after, so the answer to that is put in place.
"""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

PASSWORD = "Meihua-2026-kai"


@pytest.fixture
def clerk(db, monkeypatch):
    people = get_user_model()
    monkeypatch.setattr(people, "has_perm", lambda person, perm, obj=None: perm == "wagtailadmin.access_admin")
    return people.objects.create_user(username="zhang", password=PASSWORD, email="zhang@example.invalid")


@pytest.fixture
def staff(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


@pytest.fixture
def almighty(clerk, monkeypatch) -> Client:
    """Of every power, as no account of the office is."""
    people = get_user_model()
    monkeypatch.setattr(people, "has_perm", lambda person, perm, obj=None: True)
    monkeypatch.setattr(people, "is_superuser", property(lambda person: True, lambda person, value: None))
    client = Client()
    client.force_login(clerk)
    return client
