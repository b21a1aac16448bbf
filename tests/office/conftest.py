"""What the office's tests share: builders as fixtures, and emptying a database whose events can't be deleted."""

from __future__ import annotations

import pytest
from django.db import connection

from gongkai.office.cases import append_only

from . import builders
from .migrated import migrated_once


@pytest.fixture(autouse=True, scope="session")
def _triggers_give_way_to_emptying():
    """Tests with transactions of their own empty the tables afterwards, events included."""
    operations = type(connection.ops)
    plain = operations.sql_flush

    def sql_flush(self, style, tables, **options):
        statements = plain(self, style, tables, **options)
        vendor = self.connection.vendor
        if not statements:
            return statements
        guarded = set(append_only.TABLES) & set(self.connection.introspection.table_names())
        before = [one for table in guarded for one in append_only.removing(vendor, table)]
        after = [one for table in guarded for one in append_only.installing(vendor, table)]
        return [*before, *statements, *after]

    operations.sql_flush = sql_flush
    yield
    operations.sql_flush = plain


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, pytestconfig, tmp_path_factory):
    """Around the making of the test database."""
    cache = getattr(pytestconfig, "cache", None)
    with migrated_once(cache.mkdir("migrated") if cache else tmp_path_factory.mktemp("migrated")):
        yield


@pytest.fixture(autouse=True)
def _files_of_its_own(tmp_path_factory, settings):
    """Each test's stored files lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")


@pytest.fixture
def make_organ(db):
    return builders.make_organ


@pytest.fixture
def make_person(db):
    return builders.make_person


@pytest.fixture
def make_division(db):
    return builders.make_division


@pytest.fixture
def make_case(db):
    return builders.make_case


@pytest.fixture
def client_of(db):
    return builders.client_of
