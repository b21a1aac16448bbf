"""Triggers (触发器) by which the database itself refuses to change or remove a recorded event."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "cases_caseevent"
_REFUSAL = "案件记录只能追加，不能修改或者删除。"

_INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER {TABLE}_no_{action} BEFORE {action} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for action in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    ],
}

_REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_no_{action}" for action in ("UPDATE", "DELETE")],
    "postgresql": [f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}"],
}


def installing(vendor: str) -> list[str]:
    """The statements that set the triggers up in a database of this vendor."""
    return _INSTALL[vendor]


def removing(vendor: str) -> list[str]:
    """The statements that take them away."""
    return _REMOVE[vendor]


def install(connection: BaseDatabaseWrapper) -> None:
    """Set the triggers up."""
    _run(connection, installing(connection.vendor))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, as a migration of the table needs it."""
    _run(connection, removing(connection.vendor))


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
