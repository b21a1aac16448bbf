"""The registry of all reports: what was removed whole, cut off or put back to an earlier state is missed."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from gongkai.office.cases import append_only
from gongkai.office.filings import record
from gongkai.office.filings.models import Filing, Registration, Registry
from gongkai.office.filings.recorded import BrokenFilingError
from gongkai.office.filings.verify import verify_filings
from gongkai.office.organs.models import Organ

from . import ways

pytestmark = pytest.mark.django_db

TABLES = [one for one in append_only.TABLES if one.startswith("filings_")]
CHILDREN = ("filings_textprints", "filings_publishedfile", "filings_filingversion", "filings_filingentry")


@pytest.fixture(autouse=True)
def _files_are_quickly_made(monkeypatch):
    monkeypatch.setattr(record, "rendered", lambda *_, **__: {"json": b"{}"})


@pytest.fixture
def place():
    return ways.district()


@pytest.fixture
def past_the_office():
    """The triggers taken away, as an owner of the database can."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for one in append_only.removing(connection.vendor, table):
                cursor.execute(one)
        yield cursor
        for table in TABLES:
            for one in append_only.installing(connection.vendor, table):
                cursor.execute(one)


@pytest.fixture
def reports(place):
    """Of the organ, published; of the government's office, begun; of the organ the year before, submitted."""
    published = ways.begun(place)
    ways.go(published, place, *ways.APPROVED, "published")
    before = ways.begun(place, year=2024)
    ways.go(before, place, *ways.APPROVED, "submitted")
    return published, ways.begun(place, place.office), before


def faults():
    return [str(one) for one in verify_filings(Organ.objects.all())]


def remove(cursor, filing):
    for table in CHILDREN:
        cursor.execute(f"DELETE FROM {table} WHERE filing_id = %s", [filing.pk])
    cursor.execute("DELETE FROM filings_filing WHERE id = %s", [filing.pk])


def test_a_line_stands_for_each_report_begun_and_each_step_and_all_is_sound(place, reports):
    _, office, _ = reports
    ways.changed(office, place, "又改了一次。")
    lines = list(Registration.objects.values_list("number", "organ", "year", "entry"))
    code = place.organ.code
    assert lines == [
        *((number, code, 2025, number) for number in range(1, 6)),
        *((number + 5, code, 2024, number) for number in range(1, 6)),
        (11, place.office.code, 2025, 1),
    ]
    assert faults() == []
    call_command("verify")


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_report_removed_whole_is_missed(past_the_office, reports, which):
    gone = reports[which]
    remove(past_the_office, gone)
    assert faults() == [f"{gone.organ.code} {gone.year}年度报告：报告缺失：总登记中有这份报告，现在已不存在。"]
    with pytest.raises(CommandError, match="共有 1 处问题"):
        call_command("verify")


def test_a_missing_report_is_told_with_its_organ_and_not_with_another(place, past_the_office, reports):
    remove(past_the_office, reports[0])
    call_command("verify", organ=place.office.code)
    with pytest.raises(CommandError):
        call_command("verify", organ=place.organ.code)


def test_a_report_put_back_to_how_it_once_was_is_noticed_though_its_own_seal_is_true(place, past_the_office):
    """The row as a backup held it, and everything recorded since removed: nothing in the report itself betrays it."""
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED)
    (row,) = Filing.objects.filter(pk=filing.pk).values()
    ways.go(filing, place, "submitted")
    past_the_office.execute("DELETE FROM filings_filingentry WHERE kind = 'submitted'")
    Filing.objects.filter(pk=filing.pk).update(**row)
    assert faults() == [f"{place.organ.code} 2025年度报告：总登记第5项所记的第5项记录缺失，或者被替换过。"]


def test_the_newest_entry_removed_is_told(place, past_the_office, reports):
    past_the_office.execute("DELETE FROM filings_filingentry WHERE kind = 'published'")
    assert any("总登记第5项所记的第5项记录缺失" in one for one in faults())
    assert any("末尾的记录被删除" in one for one in faults())


TAMPERED = {
    "the last line": ("DELETE FROM filings_registration WHERE number = 11", "封存时有11项，现有10项"),
    "a line within": ("DELETE FROM filings_registration WHERE number = 3", "第3项缺失"),
    "the first line": ("DELETE FROM filings_registration WHERE number = 1", "第1项缺失"),
    "all lines": ("DELETE FROM filings_registration", "封存时有11项，现有0项"),
    "another organ": ("UPDATE filings_registration SET organ = 'x' WHERE number = 11", "第11项与其校验值不一致"),
    "another order": ("UPDATE filings_registration SET number = 99 WHERE number = 4", "第4项缺失"),
    "the count": ("UPDATE filings_registry SET count = 10", "封存的校验值不符"),
    "the seal": ("UPDATE filings_registry SET seal = head", "封存的校验值不符"),
    "the end": ("DELETE FROM filings_registry", "封存的项数缺失"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_the_registry_itself_can_neither_be_changed_nor_cut_off(past_the_office, reports, what):
    statement, told = TAMPERED[what]
    past_the_office.execute(statement)
    assert any(one.startswith("年度报告总登记：") and told in one for one in faults()), faults()


def test_a_tail_cut_off_with_its_seal_put_back_leaves_reports_that_are_not_in_it(place, past_the_office, reports):
    (row,) = Registry.objects.values()
    third = ways.begun(place, place.government)
    past_the_office.execute("DELETE FROM filings_registration WHERE number = 12")
    Registry.objects.update(**row)
    assert faults() == [
        f"{third.organ.code} 2025年度报告：第1项记录不在总登记中，不是照规定产生的，或者总登记被改动过。"
    ]


def test_nothing_is_added_to_a_registry_that_is_not_whole(place, past_the_office, reports):
    past_the_office.execute("DELETE FROM filings_registration WHERE number = 11")
    with pytest.raises(BrokenFilingError, match="gongkai verify"):
        ways.begun(place, place.government)
    assert not Filing.objects.filter(organ=place.government).exists()


@pytest.mark.parametrize(
    "statement", ["DELETE FROM filings_registration", "UPDATE filings_registration SET organ = 'x'"]
)
def test_the_database_refuses_to_change_or_remove_a_line(reports, statement):
    with (
        pytest.raises(DatabaseError, match="只能追加"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_migration_takes_in_the_reports_that_there_are(past_the_office, reports):
    was = set(Registration.objects.values_list("organ", "year", "entry", "entry_digest"))
    past_the_office.execute("DELETE FROM filings_registration")
    past_the_office.execute("DELETE FROM filings_registry")
    import_module("gongkai.office.filings.migrations.0004_registry").enter(apps, None)
    assert set(Registration.objects.values_list("organ", "year", "entry", "entry_digest")) == was
    assert faults() == []
