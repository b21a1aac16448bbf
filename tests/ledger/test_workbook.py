"""The blank ledger: what a clerk finds in it, and that it can't drift from the law's data."""

import io
from datetime import date

import openpyxl
import pytest

from gongkai import law
from gongkai.ledger import LedgerError, blank_ledger, compile_ledger
from gongkai.ledger.columns import ledger_facts, ledger_sheets, parse_sheets, vocabularies
from gongkai.ledger.workbook import write_ledger
from gongkai.report import load_form


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(blank_ledger(2025)))


def test_the_sheets_are_there_in_the_order_of_use(book):
    assert book.sheetnames == ["说明", *(sheet.name for sheet in ledger_sheets()), "汇总", "选项"]


def test_the_same_ledger_is_the_same_bytes():
    assert blank_ledger(2025) == blank_ledger(2025)


def test_every_column_has_its_head_and_a_note_with_its_article(book):
    for sheet in ledger_sheets():
        for cell, column in zip(book[sheet.name][2], sheet.columns, strict=False):
            assert cell.value == column.head
            assert column.note in cell.comment.text
            assert column.article in cell.comment.text


def test_every_list_column_offers_the_terms_of_the_law(book):
    for sheet in ledger_sheets():
        lists = {
            str(rule.sqref): rule.formula1
            for rule in book[sheet.name].data_validations.dataValidation
            if rule.type == "list"
        }
        for index, column in enumerate(sheet.columns):
            if column.type != "term":
                continue
            letter = openpyxl.utils.get_column_letter(index + 1)
            (name,) = [formula for area, formula in lists.items() if area.startswith(f"{letter}4:")]
            place = book.defined_names[name.lstrip("=")].attr_text
            area = place.split("!")[1].replace("$", "")
            offered = [row[0].value for row in book["选项"][area]]
            assert offered == [term.listed for term in vocabularies()[column.list].terms]


def test_the_list_of_outcomes_shows_all_21_with_their_groups(book):
    offered = [row[0].value for row in book["选项"]["A4:A24"]]
    assert len(offered) == 21
    assert offered[2] == "（三）不予公开：1.属于国家秘密"
    assert offered == [term.listed for term in law.outcomes().terms]


def test_heads_and_sums_stay_in_sight_and_sums_reach_far_below(book):
    sheet = book["决定数量和收费"]
    assert sheet.freeze_panes == "B4"
    assert sheet["C3"].value == "=SUM($C$4:$C$20000)"
    assert book["依申请公开"]["A3"].value == '="合计："&COUNTA($A$4:$A$20000)&" 行"'


def test_the_ledger_is_not_protected_and_prints_across_one_page(book):
    for sheet in book.worksheets:
        assert not sheet.protection.sheet
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0 and sheet.page_setup.paperSize == 9


def test_the_summary_counts_every_cell_of_the_form(book):
    text = [cell.value for row in book["汇总"].iter_rows() for cell in row if isinstance(cell.value, str)]
    formulas = [one for one in text if one.startswith("=")]
    assert not any("{" in one for one in formulas)
    for row in load_form("2021").table("applications").blocks[0].rows:
        assert row.label in text


def test_facts_cover_every_part_that_has_text():
    form = load_form("2021")
    parts = {part.key for part in form.section("overview").parts}
    assert {item.part for item in ledger_facts()} == parts | {"introduction", "other_matters"}


def test_a_register_column_or_term_that_does_not_exist_is_refused():
    for contents in (
        {"nothing": []},
        {"applications": [{"colour": "red"}]},
        {"applications": [{"outcome": "gone"}]},
        {"facts": [{"item": "gone", "value": 1}]},
    ):
        with pytest.raises(KeyError):
            write_ledger(contents)


def test_our_own_heads_and_lists_are_recognised_without_a_question():
    rows = [
        {"number": str(n), "received": date(2025, 1, 1), "applicant_kind": kind.code, "channel": "post",
         "finished": date(2025, 1, 9), "outcome": outcome.code}
        for n, (kind, outcome) in enumerate((kind, outcome) for kind in law.applicant_kinds().terms for outcome in law.outcomes().terms)
    ]  # fmt: skip
    done = compile_ledger(write_ledger({"applications": rows}, 2025), "某局", 2025)
    assert done.questions == ()
    assert {done.report.values[f"applications.{one.code}.total"] for one in law.outcomes().terms} == {6}


def sheets_file(column="", more=""):
    return f"[[sheets]]\nkey='a'\nname='甲'\ntitle='乙'\ncolumns=[{column}]\n{more}\n[[lists]]"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (sheets_file(more="colour=1"), ["a", "colour"]),
        (sheets_file("{key='x', head='X', type='colour', note=''}"), ["columns[0]", "colour"]),
        (sheets_file("{key='x', head='X', type='term', note=''}"), ["columns[0]", "list"]),
        (sheets_file("{key='x', head='{label}', type='count', note=''}"), ["x"]),
        ("sheets = []", ["lists"]),
        ("sheets = ", ["TOML"]),
    ],
)
def test_a_mistake_in_the_sheets_file_is_named_with_its_place(text, words):
    with pytest.raises(LedgerError) as caught:
        parse_sheets(text, "sheets.toml")
    for word in ("sheets.toml", *words):
        assert word in str(caught.value)


def test_the_summary_of_a_year_of_the_first_edition_counts_uncorrected_and_unpaid_as_other():
    sheet = openpyxl.load_workbook(io.BytesIO(blank_ledger(2020)))["汇总"]
    (formula,) = [row[2].value for row in sheet.iter_rows() if row[1].value == "（六）其他处理"]
    assert [term.code for term in law.outcomes().terms if f'"{term.listed}"' in formula] == [
        "other_uncorrected",
        "other_fee_unpaid",
        "other",
    ]
