"""The screen of 汇总: parts and total, what is missing, differences and their reasons, the workbook."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.office.filings.recorded import content_of

from ..filings.reports import make_filed, make_filing

pytestmark = pytest.mark.django_db

CELL = "applications.received.total"


@pytest.fixture
def district(make_organ):
    return make_organ("云溪区人民政府", kind="government", code="yunxi")


@pytest.fixture
def office(make_organ, district):
    return make_organ("云溪区人民政府办公室", kind="office", code="yunxi-office", parent=district)


@pytest.fixture
def clerk(make_person, client_of, office):
    return client_of(make_person("clerk", office))


def _page(client, query=""):
    return client.get(reverse("supervision_rollup", args=["yunxi", 2025]) + query)


def test_parts_total_and_who_is_missing_are_shown(make_organ, district, clerk):
    make_filed(make_organ("云溪区审计局", code="audit", parent=district), figures={CELL: 41})
    make_organ("云溪区商务局", parent=district)
    shown = _page(clerk).content.decode()
    assert "云溪区商务局：没有报告" in shown
    assert f'<a href="{reverse("filings_tables", args=["audit", 2025])}" aria-label="云溪区审计局：41">41</a>' in shown


def test_a_difference_is_explained_in_writing_and_kept_with_the_next_version(make_organ, district, office, clerk):
    make_filed(office, figures={CELL: 1})
    make_filed(make_organ("云溪区审计局", parent=district), figures={CELL: 41})
    filing = make_filing(district, figures={CELL: 43})
    page = _page(clerk)
    ((field, finding, excuse, _),) = page.context["differences"]
    assert excuse is None
    assert "填报 43，合计 42，相差 1" in finding.message
    address = reverse("supervision_explain", args=["yunxi", 2025])
    clerk.post(address, {"based_on": 1, field: "含一件跨区件。", f"{field}-about": finding.message})
    filing.refresh_from_db()
    assert [one.reason for one in content_of(filing, filing.newest).excuses] == ["含一件跨区件。"]
    assert "已写明原因" in _page(clerk).content.decode()


def test_what_was_typed_about_another_difference_is_not_taken_for_this_one(make_organ, district, office, clerk):
    make_filed(make_organ(parent=district), figures={CELL: 41})
    make_filed(office)
    filing = make_filing(district, figures={CELL: 43})
    address = reverse("supervision_explain", args=["yunxi", 2025])
    clerk.post(address, {"based_on": 1, "reason-1": "原因。", "reason-1-about": "另一处差异"})
    filing.refresh_from_db()
    assert filing.newest == 1


def test_every_row_of_every_table_can_be_looked_at_and_no_other(clerk):
    page = _page(clerk)
    assert len(page.context["choices"]) == 1 + 25 + 3
    for one in page.context["choices"]:
        assert _page(clerk, f"?row={one.key}").status_code == 200
    assert _page(clerk, "?row=applications.nothing").status_code == 404


def test_a_department_has_no_roll_up(office, clerk):
    assert clerk.get(reverse("supervision_rollup", args=["yunxi-office", 2025])).status_code == 404


def test_the_workbook_has_a_line_a_cell_and_a_column_a_part(make_organ, district, clerk):
    make_filed(make_organ("云溪区审计局", parent=district), figures={"proactive.licences": 7})
    data = clerk.get(reverse("supervision_rollup_file", args=["yunxi", 2025])).content
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = list(book["汇总"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 1 + 200
    column = rows[0].index("云溪区审计局")
    line = next(row for row in rows if row[1] == "行政许可")
    assert (line[3], line[column]) == (7, 7)


def test_the_page_takes_as_many_queries_for_many_parts_as_for_few(make_organ, district, clerk):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert _page(clerk).status_code == 200
        return len(seen)

    for _ in range(3):
        make_filed(make_organ(parent=district))
    queries()
    few = queries()
    for _ in range(9):
        make_filed(make_organ(parent=district))
    assert queries() == few
