"""Blank sheets: what they print, what they offer, and that a filled-in one is imported without a question."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.office.organs.models import Organ
from gongkai.office.registers.blanks import blank_sheet
from gongkai.office.registers.decisions import in_force
from gongkai.office.registers.importing import plan_of
from gongkai.office.registers.models import Document, RegisterImport

from ..builders import client_of, make_division, make_organ, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2031, 6, 1)


def sheet_of(organ, register):
    name, data = blank_sheet(organ, register, 2025)
    assert name.endswith("空白表样.xlsx")
    return openpyxl.load_workbook(io.BytesIO(data))


def filled(book, rows):
    """The workbook with rows below its heads and sums, a dict by head each, as a person types them."""
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[2]}
    for number, row in enumerate(rows, 4):
        for head, value in row.items():
            page.cell(number, heads[head]).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("填好的.xlsx", buffer.getvalue())


def offered(book):
    return [cell.value for cell in book["选项"]["A"] if cell.value][2:]  # below the title and the head of the list


@pytest.fixture
def organ():
    return make_organ()


@pytest.fixture
def clerk(organ):
    return client_of(make_person("clerk", organ))


def sent(clerk, address, data):
    """The import that a file became, confirmed as it stands: no question is asked, nothing is chosen."""
    clerk.post(address, data)
    run = RegisterImport.objects.get()
    plan = plan_of(run, TODAY)
    assert (plan.rows.questions, plan.rows.problems, plan.asks) == ((), (), ())
    clerk.post(reverse("registers_import_confirm", args=(run.organ.code, run.pk)))
    return plan


def test_documents_filled_into_the_blank_sheet_arrive_as_they_were_typed(organ, clerk):
    rows = [
        {
            "文件名称": "停车管理办法", "文号": "云政规〔2025〕1号", "类别": "行政规范性文件",
            "制发日期": date(2025, 1, 8), "有效期至": "2029-12-31",
        },
        {"文件名称": "旧物业办法", "类别": "行政规范性文件", "制发日期": "2019年5月6日", "废止日期": date(2025, 7, 1)},
    ]  # fmt: skip
    page = clerk.get(reverse("registers_documents_import", args=(organ.code,)))
    assert reverse("registers_documents_blank", args=(organ.code,)) in page.content.decode()
    answer = clerk.get(reverse("registers_documents_blank", args=(organ.code,)))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sent(clerk, reverse("registers_documents_import", args=(organ.code,)), {"file": filled(book, rows)})
    found = Document.objects.order_by("-issued_on").values_list(
        "title", "number", "kind", "issued_on", "expires_on", "repealed_on"
    )
    kind = "normative_documents"
    assert list(found) == [
        ("停车管理办法", "云政规〔2025〕1号", kind, date(2025, 1, 8), date(2029, 12, 31), None),
        ("旧物业办法", "", kind, date(2019, 5, 6), None, date(2025, 7, 1)),
    ]


def test_figures_filled_into_the_blank_sheet_arrive_as_they_were_typed(organ, clerk):
    division = make_division(organ, "审批科")
    answer = clerk.get(reverse("registers_decisions_blank", args=(organ.code, 2025)))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert offered(book) == ["审批科"]
    rows = [
        {"期间": "2025年1月", "承办机构": "审批科", "行政许可（件）": 12, "行政事业性收费（万元）": 1.25},
        {"期间": "2月", "承办机构": "审批科", "行政许可（件）": 0},
        {"期间": "全年", "行政处罚（件）": 3},
    ]
    address = reverse("registers_decisions_import", args=(organ.code, 2025))
    sent(clerk, address, {"file": filled(book, rows), "source": "手工台账"})
    found = {(one.kind, one.first, one.last, one.division_id, one.number) for one in in_force(organ, 2025)}
    assert found == {
        ("licences", 1, 1, division.pk, 12),
        ("fees", 1, 1, division.pk, Decimal("1.25")),
        ("licences", 2, 2, division.pk, 0),
        ("penalties", 1, 12, None, 3),
    }


def test_only_the_kinds_that_the_organ_may_make_are_offered(organ):
    assert offered(sheet_of(organ, "documents")) == ["行政规范性文件"]
    government = make_organ("青川市人民政府", kind=Organ.Kind.GOVERNMENT, makes_rules=True)
    assert offered(sheet_of(government, "documents")) == ["规章", "行政规范性文件"]


@pytest.mark.parametrize("register", ["documents", "decisions"])
def test_one_line_above_the_heads_says_how_to_fill_it_in(organ, register):
    page = sheet_of(organ, register).worksheets[0]
    assert "深色表头的列必须填写" in page["A1"].value and page["A1"].value.endswith("上传。")
    assert "选项" not in sheet_of(organ, "decisions").sheetnames  # no divisions, nothing to choose from


def test_the_blank_sheet_itself_imports_nothing_and_asks_nothing(organ, clerk):
    plan = sent(clerk, reverse("registers_documents_import", args=(organ.code,)),
                {"file": filled(sheet_of(organ, "documents"), [])})  # fmt: skip
    assert plan.lines == () and not Document.objects.exists()
