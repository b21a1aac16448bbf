"""Triggers (触发器) by which the database itself refuses to change or remove a row of a table that only grows."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

EVENTS = "cases_caseevent"
TABLES = (EVENTS, "filings_filingentry", "filings_filingversion", "filings_publishedfile", "filings_registration")
"""Every table whose rows are only ever added."""

_REFUSAL = "办理记录只能追加，不能修改或者删除。"


def installing(vendor: str, table: str) -> list[str]:
    """The statements that set the triggers of a table up in a database of this vendor."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            for action in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    ]


def removing(vendor: str, table: str) -> list[str]:
    """The statements that take them away."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{action}" for action in ("UPDATE", "DELETE")]
    return [f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}"]


def install(connection: BaseDatabaseWrapper, table: str = EVENTS) -> None:
    """Set the triggers of a table up."""
    _run(connection, installing(connection.vendor, table))


def remove(connection: BaseDatabaseWrapper, table: str = EVENTS) -> None:
    """Take the triggers of a table away, as a migration of it needs that."""
    _run(connection, removing(connection.vendor, table))


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
