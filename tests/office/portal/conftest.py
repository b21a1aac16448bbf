"""An organ one can apply to, and a cache that forgets between tests."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_turns_taken():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def organ(make_organ, make_person):
    government = make_organ("云岭市云溪区人民政府", kind="government")
    found = make_organ(
        "云岭市云溪区住房和城乡建设局",
        parent=government,
        address="云岭市云溪区学府路8号",
        telephone="0871-6000001",
        fax="0871-6000002",
        disclosure_office="局办公室",
        channels=["in_person", "post", "internet", "fax"],
    )
    make_person("clerk", found)
    return found
