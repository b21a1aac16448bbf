"""A government's figures: every part once, nothing of who is led from outside, what is missing visible."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.office.filings.content import Content
from gongkai.office.filings.gate import findings_of
from gongkai.office.filings.models import FilingVersion
from gongkai.office.filings.record import begin
from gongkai.office.filings.recorded import content_of
from gongkai.office.filings.rollup import parts_of, rolled_up, rolled_up_with_parts
from gongkai.office.organs.models import Organ

from .reports import DAY, make_filed, make_filing, report_with

pytestmark = pytest.mark.django_db

CELL = "applications.received.total"


@pytest.fixture
def district(make_organ):
    return make_organ("云溪区人民政府", kind="government", code="yunxi")


def test_departments_townships_and_the_office_are_added_and_the_office_is_one_of_the_parts(make_organ, district):
    for number, kind in enumerate(("office", "department", "township"), 1):
        make_filed(make_organ(kind=kind, parent=district), figures={CELL: 10**number})
    assert rolled_up(district, 2025).values[CELL] == 1110


def test_a_lower_government_that_has_filed_stands_for_its_departments(make_organ):
    city = make_organ("云岭市人民政府", kind="government")
    county = make_organ("望湖县人民政府", kind="government", parent=city)
    make_filed(county, figures={CELL: 50})
    make_filed(make_organ(parent=county), figures={CELL: 20})
    make_filed(make_organ(parent=city), figures={CELL: 3})
    assert rolled_up(city, 2025).values[CELL] == 53


def test_while_a_lower_government_has_not_filed_its_departments_count(make_organ):
    city = make_organ("云岭市人民政府", kind="government")
    county = make_organ("望湖县人民政府", kind="government", parent=city)
    make_filing(county, figures={CELL: 50})
    make_filed(make_organ(parent=county), figures={CELL: 20})
    found = rolled_up_with_parts(city, 2025)
    assert found.rollup.values[CELL] == 20
    assert {one.under for one in found.parts} == {None, county}


def test_who_is_led_from_outside_is_left_out_and_named(make_organ, district):
    tax = make_organ("云岭市税务局")
    make_filed(make_organ("云溪区税务局", parent=district, vertical=tax), figures={CELL: 9})
    found = rolled_up_with_parts(district, 2025)
    assert found.rollup.values[CELL] == 0
    assert found.left_out == (("云溪区税务局", "云岭市税务局"),)


def test_who_is_led_from_the_city_counts_for_the_city_though_not_for_the_district(make_organ):
    city = make_organ("云岭市人民政府", kind="government")
    bureau = make_organ("云岭市自然资源局", parent=city)
    county = make_organ("云溪区人民政府", kind="government", parent=city)
    make_filed(county, figures={CELL: 50})
    branch = make_organ("云溪区自然资源分局", parent=county, vertical=bureau)
    make_filed(branch, figures={CELL: 4})
    assert rolled_up(county, 2025).values[CELL] == 0
    assert rolled_up(city, 2025).values[CELL] == 54


def test_a_draft_does_not_count_and_is_missing(make_organ, district):
    organ = make_organ(parent=district)
    make_filing(organ, figures={CELL: 7})
    found = rolled_up(district, 2025)
    assert found.missing == (organ.code,)
    assert found.values[CELL] == 0


def test_applications_that_the_government_registers_itself_are_added(make_organ, make_case, district):
    make_filed(make_organ(parent=district), figures={CELL: 2})
    make_case(district, received=date(2025, 6, 3), as_of=date(2025, 6, 3))
    assert rolled_up(district, 2025).values[CELL] == 3


def test_a_report_that_was_tampered_with_does_not_count(make_organ, district, monkeypatch):
    filing = make_filed(make_organ(parent=district), figures={CELL: 7})
    version = filing.versions.get()
    monkeypatch.setattr(FilingVersion, "from_db", classmethod(_changed(version.content.replace(": 7", ": 8"))))
    assert rolled_up(district, 2025).missing == (filing.organ.code,)


def _changed(text):
    plain = FilingVersion.from_db.__func__

    def from_db(cls, db, names, values):
        one = plain(cls, db, names, values)
        one.content = text
        return one

    return from_db


def test_the_parts_of_a_government_are_its_children_and_lower_governments_once(make_organ, district):
    lower = make_organ("云水镇人民政府", kind="township", parent=district)
    station = make_organ("云水镇农技站", kind="institution", parent=lower)
    department = make_organ(parent=district)
    assert {one.pk for one in parts_of(district, DAY)} == {lower.pk, station.pk, department.pk}


def test_a_governments_report_that_differs_from_its_parts_has_an_error(make_organ, district):
    make_filed(make_organ(parent=district), figures={CELL: 90})
    filing = begin(
        district, 2025, Content(report_with(district, 2025, {CELL: 100})), by=None, today=DAY, why="由登记的数据编制"
    )
    found = [one for one in findings_of(filing, content_of(filing, 1)) if one.code == "total-differs-from-parts"]
    assert [one.cells for one in found] == [(CELL,)]
    assert found[0].severity == "error"


def test_a_government_without_parts_here_has_nothing_to_differ_from(district):
    filing = make_filing(district, figures={CELL: 100})
    codes = {one.code for one in findings_of(filing, content_of(filing, 1))}
    assert not codes & {"total-differs-from-parts", "parts-missing"}


def test_eighty_organs_take_as_many_queries_as_eight(make_organ, district):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            rolled_up(Organ.objects.get(pk=district.pk), 2025)
        return len(seen)

    for _ in range(4):
        make_filed(make_organ(parent=district), figures={CELL: 1})
    few = queries()
    for _ in range(12):
        make_filed(make_organ(parent=district), figures={CELL: 1})
    assert queries() == few
    assert rolled_up(district, 2025).values[CELL] == 16
