"""The sheet to type from: every cell once, in the order of the official form."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from .reports import make_filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(make_organ, make_person, client_of):
    organ = make_organ("云溪区审计局", code="audit")
    make_filing(organ, 2025, {"proactive.fees": Decimal("12.50"), "applications.received.enterprise": 3})
    return client_of(make_person("clerk", organ))


def _rows(client):
    data = client.get(reverse("filings_sheet_file", args=["audit", 2025, "csv"])).content
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:]


def test_all_two_hundred_cells_are_listed_table_by_table(client):
    tables = [row[0] for row in _rows(client)]
    assert [(name, tables.count(name)) for name in dict.fromkeys(tables)] == [("表二", 10), ("表三", 175), ("表四", 15)]


def test_cells_are_numbered_row_by_row_and_values_are_as_printed(client):
    rows = _rows(client)
    assert rows[9][1:] == ["10", "行政事业性收费", "本年收费金额（单位：万元）", "万元", "12.50"]
    assert rows[11][:4] == ["表三", "2", "一、本年新收政府信息公开申请数量", "商业企业"]
    assert rows[11][5] == "3"


def test_the_workbook_has_a_line_a_cell_and_a_column_to_tick(client):
    data = client.get(reverse("filings_sheet_file", args=["audit", 2025, "xlsx"])).content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet.max_row == 2 + 200
    assert [cell.value for cell in sheet[2]][-1] == "已录入"
    assert sheet.cell(3, 7).value == "□"


def test_the_page_can_be_copied_as_text(client):
    shown = client.get(reverse("filings_sheet", args=["audit", 2025])).content.decode()
    assert "表三\t2\t一、本年新收政府信息公开申请数量\t商业企业\t件\t3" in shown
    assert client.get(reverse("filings_sheet_file", args=["audit", 2025, "pdf"])).status_code == 404
