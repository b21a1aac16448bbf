"""What may be relied on when documents are made at random: sameness, consistency, independence from the reader."""

from __future__ import annotations

import ast
import io
import random
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings

from gongkai.report.form import load_form
from gongkai.report.report import Report
from tests.generator import LAYOUTS, form, make
from tests.generator.draft import draw_up
from tests.generator.layouts.pdf import fonts_present
from tests.generator.model import random_sample
from tests.generator.score import score
from tests.generator.strategies import reports

EDITIONS = ("2021", "2019")
FOLDER = Path(__file__).parent / "generator"
PARTIES = ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other_organisation")
COLUMNS = (*PARTIES, "total")


def needs_font(layout: str) -> None:
    if LAYOUTS[layout].format == "pdf" and not fonts_present():
        pytest.skip("no font for Chinese is installed")


def identities_hold(edition: str, figures: dict[str, object]) -> bool:
    """The identities of the form by a hand sum; blanks count as nothing."""
    number = {key: 0 if value is None else value for key, value in figures.items()}
    rows = {key.split(".")[1] for key in number if key.startswith("applications.")}
    inner = rows - {"received", "carried_in", "total", "carried_over"}
    assert len(rows) == {"2021": 25, "2019": 23}[edition]

    def at(row: str, column: str):
        return number[f"applications.{row}.{column}"]

    balanced = all(at("received", c) + at("carried_in", c) == at("total", c) + at("carried_over", c) for c in COLUMNS)
    summed = all(at("total", c) == sum(at(row, c) for row in inner) for c in COLUMNS)
    across = all(at(row, "total") == sum(at(row, party) for party in PARTIES) for row in rows)
    outcomes = ("upheld", "corrected", "other", "pending")
    groups = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    fourth = all(number[f"remedies.{g}.total"] == sum(number[f"remedies.{g}.{o}"] for o in outcomes) for g in groups)
    return balanced and summed and across and fourth


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_generator_states_the_same_cells_as_the_edition_files(edition):
    assert set(form.keys(edition)) == set(load_form(edition).cells)
    assert len(form.keys(edition)) == len(set(form.keys(edition))) == {"2021": 200, "2019": 198}[edition]


def test_the_generator_knows_nothing_of_reader_checker_or_edition_files():
    forbidden = ("gongkai.reading", "gongkai.checking", "gongkai.report.editions", "gongkai.report.form")
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            for name in names:
                assert not name.startswith(forbidden), f"{path.name} imports {name}"
                assert not name.startswith("gongkai") or path.name == "strategies.py", f"{path.name} imports {name}"
        assert "tomllib" not in path.read_text("utf-8")


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_layout_sets_both_editions_and_the_same_seed_gives_the_same_bytes(layout, edition):
    needs_font(layout)
    for seed in range(3):
        made = make(seed, layout=layout, edition=edition)
        assert made == make(seed, layout=layout, edition=edition)
        assert made.data
        assert made.truth["layout"] == layout
        assert made.truth.get("edition", edition) == edition
        assert set(made.truth["values"]) <= set(form.keys(edition))
        assert set(made.truth["unsettled"]) <= set(made.truth["values"])
        assert set(made.truth["broken"]) <= set(made.truth["values"])
        assert all(made.truth["values"][key] is None for key in made.truth["marks"])


def test_another_seed_makes_another_document():
    assert len({make(seed, format="txt").data for seed in range(20)}) == 20


@pytest.mark.parametrize("edition", EDITIONS)
def test_consistent_samples_keep_every_identity_and_the_others_break_one(edition):
    for seed in range(150):
        sample = random_sample(random.Random(seed), edition, consistent=True, filled=True)
        assert identities_hold(edition, dict(sample.values))
        assert not sample.broken
        broken = random_sample(random.Random(seed), edition, consistent=False, filled=True)
        assert identities_hold(edition, dict(broken.sound))
        assert not identities_hold(edition, dict(broken.values))
        assert {key for key, value in broken.values.items() if value != broken.sound[key]} == set(broken.broken)


def test_only_changes_are_negative_and_only_money_has_decimals():
    for seed in range(100):
        for key, value in random_sample(random.Random(seed)).values.items():
            if value is not None:
                assert value >= 0 or key.endswith(".change")
                assert isinstance(value, int) or key in ("proactive.fees", "proactive.procurement.amount")


def test_blank_cells_stand_for_nothing_so_that_consistency_is_not_lost():
    for seed in range(200):
        sample = random_sample(random.Random(seed), consistent=True)
        blank = {key for key, value in sample.values.items() if value is None}
        only_totals = all(f"applications.received.{party}" in blank for party in PARTIES)
        no_totals = sum(key.startswith("applications.") and key.endswith(".total") for key in blank) > 15
        assert only_totals or no_totals or all(sample.sound[key] == 0 for key in blank)


def html_rows(data: bytes) -> list[list[str]]:
    pandas = pytest.importorskip("pandas")
    tables = pandas.read_html(io.BytesIO(data), header=None)
    return tables[1].fillna("").astype(str).to_numpy().tolist()


def docx_rows(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(data)).tables[1].rows]


def xlsx_rows(data: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["依申请公开"]
    rows = [[str("" if value is None else value) for value in row] for row in sheet.iter_rows(values_only=True)]
    return rows[next(n for n, row in enumerate(rows) if "本列数据" in row[0]) :]


@pytest.mark.parametrize(
    ("layout", "rows_of"),
    [("html_plain", html_rows), ("html_flat", html_rows), ("docx_plain", docx_rows), ("docx_flat", docx_rows),
     ("xlsx_sheet_a_table", xlsx_rows)],
)  # fmt: skip
@pytest.mark.parametrize("edition", EDITIONS)
def test_other_libraries_find_the_figures_of_table_three_where_the_form_has_them(layout, rows_of, edition):
    rng = random.Random(4)
    sample = random_sample(rng, edition, consistent=True, filled=True)
    rows = rows_of(LAYOUTS[layout].set(draw_up(rng, sample), random.Random(0)))
    keys = form.application_keys(edition)
    assert len(rows) == 3 + len(keys) // 7
    for at, row in enumerate(rows[3:]):
        assert [int(float(text)) for text in row[3:10]] == [sample.values[key] for key in keys[at * 7 : at * 7 + 7]]


def test_any_document_can_come_in_an_archive():
    made = make(5, format="zip")
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert len(archive.namelist()) == 1
    assert made.name.endswith(".zip")
    assert made.truth["format"] == "zip"


@settings(max_examples=25, deadline=None)
@given(reports())
def test_reports_fill_every_cell_and_every_section(report: Report):
    assert report.edition is not None
    assert set(report.values) == set(form.keys(report.edition))
    assert all(report.values[key] is None for key in report.marks)
    assert set(report.sections) == set(form.SECTIONS)
    assert not any(
        line != line.strip() or not line for text in report.sections.values() for line in text.split("\n")[1:]
    )


@settings(max_examples=25, deadline=None)
@given(reports(consistent=True))
def test_consistent_reports_keep_every_identity(report: Report):
    assert report.edition is not None
    assert identities_hold(report.edition, dict(report.values))


def test_the_score_tells_right_missed_wrong_and_invented_apart():
    truth = {
        "seed": 1,
        "layout": "lines",
        "values": {"a": 1, "b": 2, "c": 3, "d": None, "e": 5, "f": 6},
        "unsettled": ["e", "f"],
        "organ": "青川市财政局",
        "year": 2023,
        "edition": "2021",
        "sections": {"overview": "全年公开信息3条。\n没有收到申请。", "problems": "无。"},
    }
    reading = {
        "values": {"a": 1, "b": None, "c": 4, "d": 0, "e": 5, "g": 7},
        "organ": "青川市财政局",
        "year": 2022,
        "sections": {"overview": "全年公开信息3条。没有收到\n申请。", "problems": ""},
        "findings": [{"verdict": "reading", "cells": ["c"]}],
    }
    one = score([truth], [reading])["lines"]
    assert (one.figures, one.right, one.missed, one.wrong, one.invented) == (3, 1, 1, 1, 2)
    assert (one.unsaid, one.unsettled, one.ventured) == (2, 2, 1)
    assert one.told == {"organ": [1, 1], "year": [0, 1], "edition": [0, 1], "sections": [1, 2]}
