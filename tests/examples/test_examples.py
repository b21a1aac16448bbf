"""The examples that ``make run`` makes: what the five organs published, and what is found in it."""

import zipfile

import pytest

from gongkai.cli.examining import examine_all
from gongkai.cli.sources import sources
from gongkai.examples import organs
from gongkai.examples.__main__ import main
from gongkai.examples.make import COMPILED, LEDGERS, PUBLISHED, make_examples


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("examples")
    make_examples(folder)
    return folder


@pytest.fixture(scope="module")
def published(made):
    return {one.path.rsplit("/", 1)[1]: one for one in examine_all(sources([str(made / PUBLISHED)]))}


def of(outcomes, organ_key):
    organ = next(organ for organ in organs() if organ.key == organ_key)
    return next(outcome for name, outcome in outcomes.items() if name.startswith(organ.name + str(organ.report.year)))


def test_there_is_a_ledger_a_compiled_and_a_published_report_of_every_organ(made):
    names = [organ.name for organ in organs()]
    assert len(names) == 5
    for folder in (LEDGERS, COMPILED):
        assert sorted(path.name.split("20")[0] for path in (made / folder).iterdir()) == sorted(names)
    loose = [path.name for path in (made / PUBLISHED).iterdir() if path.suffix != ".zip"]
    inside = zipfile.ZipFile(made / PUBLISHED / "各单位报送.zip").namelist()
    assert sorted(name.split("20")[0] for name in loose + inside) == sorted(names)


def test_the_compiled_reports_hold_the_figures_and_no_error(made):
    outcomes = list(examine_all(sources([str(made / COMPILED)])))
    figures = {organ.name: organ.report.values for organ in organs()}
    for outcome in outcomes:
        assert outcome.read and not outcome.faulty
        assert {cell: value or 0 for cell, value in outcome.report.values.items()} == figures[outcome.report.organ]


def test_a_total_of_13_where_the_row_adds_up_to_3_is_repaired(published):
    outcome = of(published, "district_office")
    errors = [finding for finding in outcome.findings if finding.severity == "error"]
    assert [finding.repair for finding in errors] == [{"applications.other.total": 3}]
    assert outcome.report.values["applications.other.total"] == 13


def test_a_missing_cell_and_changing_numbering_are_found(published):
    findings = of(published, "district_commerce").findings
    missing = next(finding for finding in findings if finding.code == "missing-cells")
    assert missing.cells == ("proactive.normative_documents.in_force",)
    assert any(finding.code == "numbering" and "（3）" in finding.message for finding in findings)
    assert any(finding.code == "numbering" and "2、" in finding.message for finding in findings)


def test_a_missing_title_a_doubled_word_and_mixed_brackets_are_found(published):
    codes = {finding.code for finding in of(published, "city_market").findings}
    assert {"title", "doubled-words", "mixed-brackets"} <= codes


def test_a_doubled_full_stop_is_found(published):
    assert any(finding.code == "doubled-punctuation" for finding in of(published, "district_market").findings)


def test_a_report_that_agrees_with_itself_has_no_finding(published):
    assert of(published, "large_market").findings == ()


def test_given_files_are_checked_instead_of_the_examples(made, tmp_path, capsys, monkeypatch):
    for display in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(display, raising=False)
    assert main(["--out", str(tmp_path), str(made / PUBLISHED)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["核对结果.html"]
    assert str(tmp_path / "核对结果.html") in capsys.readouterr().out
    assert "原 <del>13</del> → 应为 <ins>3</ins>" in (tmp_path / "核对结果.html").read_text("utf-8")
