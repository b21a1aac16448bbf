"""What these attempts share."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from .desks import Desks


@pytest.fixture
def desks(db):
    return Desks()


@pytest.fixture(autouse=True)
def _no_turns_taken():
    cache.clear()
    yield
    cache.clear()
