"""Versions: two of them beside each other, each as files, and the sealed record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from gongkai.office.filings import record
from gongkai.office.filings.comparison import compare
from gongkai.report.form import form_for_year
from gongkai.report.report import Report

from ..builders import client_of
from . import ways

LICENCES = "proactive.licences"


def _report(text="本年收到申请12件，全部按期答复。", **values):
    form = form_for_year(2025)
    return Report(edition=form.edition, values={**dict.fromkeys(form.cells, 0), **values}, sections={"overview": text})


def test_a_figure_that_differs_stands_with_both_numbers():
    (change,) = compare(_report(**{LICENCES: 12}), _report(**{LICENCES: 15})).cells
    assert (change.key, change.before, change.after) == (LICENCES, "12", "15")
    assert "行政许可" in change.name


def test_a_number_in_the_text_changes_as_a_whole_and_the_rest_stays():
    (text,) = compare(_report(), _report("本年收到申请15件，全部按期答复。")).texts
    (paragraph,) = text.paragraphs
    assert [(run.kind, run.text) for run in paragraph] == [
        ("same", "本年收到申请"), ("out", "12"), ("in", "15"), ("same", "件，全部按期答复。"),
    ]  # fmt: skip


def test_a_comparison_gives_both_texts_back():
    old, new = "第一段。\n甲乙丙丁12件。\n第三段。", "第一段。\n甲己丁13件，戊。\n第三段。\n第四段。"
    (text,) = compare(_report(old), _report(new)).texts
    runs = [run for paragraph in text.paragraphs for run in paragraph]
    assert "".join(run.text for run in runs if run.kind != "in") == "甲乙丙丁12件。"
    assert "".join(run.text for run in runs if run.kind != "out") == "甲己丁13件，戊。第四段。"


def test_the_same_report_differs_in_nothing_and_a_blank_is_told_from_nought():
    assert compare(_report(), _report()).same
    report = _report()
    (change,) = compare(report, replace(report, values={**report.values, LICENCES: None})).cells
    assert (change.before, change.after) == ("0", "空白")


@pytest.fixture
def filed(db, monkeypatch):
    monkeypatch.setattr(record, "rendered", lambda *_, **__: {"json": b'{"published": true}'})
    place = ways.district()
    filing = ways.begun(place)
    ways.go(filing, place, *ways.APPROVED, "published", "reopened", reason="更正。")
    ways.changed(filing, place, "本年工作更加平稳。", **{LICENCES: 3})
    return place, filing


def _open(place, route, filing, *more):
    return client_of(place.people["approver"]).get(reverse(route, args=[filing.organ.code, filing.year, *more]))


@pytest.mark.django_db
def test_a_draft_is_called_so_in_its_files_name_and_the_public_edition_comes_as_it_was_published(filed):
    place, filing = filed
    draft = _open(place, "filings_version_file", filing, 2, "xlsx")
    assert "%E8%8D%89%E7%A8%BF" in draft["Content-Disposition"], "草稿"
    public = _open(place, "filings_version_file", filing, 1, "json")
    assert "%E8%8D%89%E7%A8%BF" not in public["Content-Disposition"]
    assert public.content == b'{"published": true}'


@pytest.mark.django_db
def test_two_versions_are_compared_with_insertions_and_deletions_marked_in_words(filed):
    place, filing = filed
    page = _open(place, "filings_compare", filing).content.decode()
    assert "（增加）" in page
    assert "<ins>" in page
    assert "第1版与第2版比较" in page


@pytest.mark.django_db
def test_the_sealed_record_is_verified_before_ones_eyes(filed):
    place, filing = filed
    page = _open(place, "filings_versions", filing).content.decode()
    assert "核验无误" in page
    assert filing.head in page


@pytest.mark.django_db
@pytest.mark.parametrize("more", [(9,), (0,), (1, "exe")])
def test_what_there_is_not_is_not_found(filed, more):
    place, filing = filed
    route = "filings_version" if len(more) == 1 else "filings_version_file"
    assert _open(place, route, filing, *more).status_code == 404
