"""Checking a published report on the site."""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from gongkai.checking.page import style_of_findings
from gongkai.examples import organs
from gongkai.office.clock import now
from gongkai.office.portal.checking import process, runs
from gongkai.report.report import Report
from gongkai.report.writing import blank_report, read_json, write

from .test_pages import KNOWN_WORDS
from .visiting import latin_words, seen


@pytest.fixture(autouse=True)
def _finished(db):
    """No run of a test goes on into the next."""
    yield
    runs._pool.submit(int).result(60)


def faulty(**misprints) -> Report:
    """A true report with wrong figures."""
    organ = organs()[1]
    return replace(organ.report, values={**organ.report.values, **misprints})


def as_file(report, ending="json", name="年报"):
    return SimpleUploadedFile(f"{name}.{ending}", write(report, ending))


def check(client, *files, previous=None):
    """Upload and wait for the end; returns the address one is led to."""
    data = {"files": list(files), **({"previous": previous} if previous else {})}
    answer = client.post(reverse("portal_check"), data)
    assert answer.status_code == 302, seen(answer).text
    token = answer.url.strip("/").split("/")[-1]
    runs.wait(token, 60)
    return token


def page_of(client, token, number=1):
    return client.get(reverse("portal_check_document", args=[token, number]))


def total_row(report):
    return next(cell for cell in report.values if cell.startswith("applications.") and report.values[cell] == 0)


def test_a_single_report_leads_straight_to_its_findings(client):
    report = faulty()
    token = check(client, as_file(replace(report, values={**report.values, total_row(report): 7}), "html"))
    answer = client.get(reverse("portal_check_results", args=[token]))
    assert answer.url == reverse("portal_check_document", args=[token, 1])
    page = seen(client.get(answer.url))
    assert "错误" in page.text and "表三" in page.text
    assert not [given for _, given in page.tags if "style" in given]
    assert not latin_words(page.text) - KNOWN_WORDS - {"html"}


def test_nothing_uploaded_is_kept(client, settings):
    check(client, as_file(faulty()))
    assert not list(settings.MEDIA_ROOT.rglob("task"))
    kept = b"".join(path.read_bytes() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())
    assert organs()[1].name.encode() not in kept


def test_results_are_gone_after_an_hour(client, monkeypatch):
    token = check(client, as_file(faulty()))
    later = now() + timedelta(seconds=runs.KEPT_SECONDS + 1)
    monkeypatch.setattr(runs, "now", lambda: later)
    assert page_of(client, token).status_code == 404
    assert runs.erase_expired() == 1


def test_the_command_erases_what_is_over(client, monkeypatch, capsys, settings):
    check(client, as_file(faulty()))
    later = now() + timedelta(seconds=runs.KEPT_SECONDS + 1)
    monkeypatch.setattr(runs, "now", lambda: later)
    call_command("eraseexpired")
    assert "1 组核对结果" in capsys.readouterr().out
    assert not list((settings.MEDIA_ROOT / "checks").iterdir())


def test_results_can_be_removed_at_once(client):
    token = check(client, as_file(faulty()))
    client.post(reverse("portal_check_erase", args=[token]))
    assert page_of(client, token).status_code == 404


def test_an_address_that_was_never_given_shows_nothing(client):
    assert page_of(client, "x" * 32).status_code == 404


def test_results_are_neither_stored_nor_indexed_on_their_way(client):
    answer = page_of(client, check(client, as_file(faulty())))
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Robots-Tag"] == "noindex"


def test_an_archive_is_checked_member_by_member(client):
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("一.json", write(faulty(), "json"))
        archive.writestr("说明.txt", "这不是年度报告。")
    token = check(client, SimpleUploadedFile("全部.zip", package.getvalue()))
    text = seen(client.get(reverse("portal_check_results", args=[token]))).text
    assert "共核对 2 份" in text and "没有读取的文件" in text


def test_a_broken_file_is_told_and_not_blamed_on_the_law(client):
    text = seen(page_of(client, check(client, SimpleUploadedFile("坏.pdf", b"%PDF-1.7 broken")))).text
    assert "原因" in text and "改正并下载" not in text


def test_last_years_report_is_compared(client):
    report = faulty()
    carried = next(cell for cell in report.values if cell.startswith("applications.carried_in"))
    last = replace(report, year=report.year - 1, values={**report.values})
    token = check(
        client, as_file(replace(report, values={**report.values, carried: 987})), previous=as_file(last, name="上年")
    )
    found = json.loads(client.get(reverse("portal_check_findings", args=[token, 1])).content)
    assert any("上年" in finding["message"] for finding in found["findings"])


def test_without_a_file_the_message_stands_beside_the_field(client):
    page = seen(client.post(reverse("portal_check")))
    assert "请选择" in page.errors["files"]


def test_too_many_too_large_and_empty_files_are_refused(client, monkeypatch):
    many = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(51)]
    assert "最多上传 50 个" in seen(client.post(reverse("portal_check"), {"files": many})).errors["files"]
    empty = SimpleUploadedFile("空.txt", b"")
    assert "是空的" in seen(client.post(reverse("portal_check"), {"files": [empty]})).errors["files"]
    monkeypatch.setattr("gongkai.office.portal.views.check.MOST_BYTES", 3)
    large = SimpleUploadedFile("大.txt", b"1234")
    assert "合计超过" in seen(client.post(reverse("portal_check"), {"files": [large]})).errors["files"]


def test_one_address_checks_only_so_often(client, monkeypatch):
    monkeypatch.setattr(runs, "start", lambda files, previous: "x" * 32)
    data = [client.post(reverse("portal_check_example")).status_code for _ in range(21)]
    assert data == [302] * 20 + [429]
    assert Client(REMOTE_ADDR="203.0.113.9").post(reverse("portal_check_example")).status_code == 302


def test_a_busy_site_says_so(client, monkeypatch):
    monkeypatch.setattr(runs, "_waiting", type("Full", (), {"acquire": lambda self, blocking: False})())
    answer = client.post(reverse("portal_check_example"))
    assert answer.status_code == 503 and "人较多" in seen(answer).text


@pytest.mark.parametrize("format", ["json", "html", "docx", "xlsx"])
def test_the_mended_report_can_be_had_in_every_format(client, format):
    report = faulty()
    cell = total_row(report)
    token = check(client, as_file(replace(report, values={**report.values, cell: 7})))
    page = seen(page_of(client, token))
    ways = {given["name"] for _, given in page.tags if given.get("type") == "radio"} - {"format"}
    answer = client.get(reverse("portal_check_mended", args=[token, 1]), {"format": format, **dict.fromkeys(ways, "0")})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    if format == "json":
        assert read_json(answer.content).values[cell] == 0


def test_what_has_to_be_chosen_is_asked_beside_the_question(client, monkeypatch):
    finding = {
        "code": "sum", "verdict": "report", "severity": "error", "message": "两处之一有误。", "basis": "格式",
        "alternatives": [{"applications.received.natural_person": 1}, {"applications.received.total": 2}],
    }  # fmt: skip
    token = check(client, as_file(blank_report("2021")))
    answer = runs.found(token, 1)
    answer["found"]["findings"] = [finding]
    runs._write(runs._folder(token) / "found-1", answer)
    mended = reverse("portal_check_mended", args=[token, 1])
    page = seen(client.get(mended, {"format": "json"}))
    assert "选定其中一种" in page.errors["way1"] and "两处之一有误。" in page.text
    assert "选定其中一种" in seen(client.get(mended, {"format": "json", "way1": "2"})).errors["way1"]
    assert "格式" in seen(client.get(mended, {"format": "exe", "way1": "0"})).errors["format"]


def test_the_example_shows_five_reports(client):
    answer = client.post(reverse("portal_check_example"))
    token = answer.url.strip("/").split("/")[-1]
    runs.wait(token, 120)
    assert "共核对 5 份" in seen(client.get(reverse("portal_check_results", args=[token]))).text


def test_a_file_at_which_the_worker_ends_is_passed_over_and_the_rest_goes_on(client, monkeypatch):
    real = process.answers

    def ending(task, seconds=None):
        for answer in real(task):
            yield answer
            if answer.get("begun") == "甲.json":
                raise process.WorkerEndedError

    monkeypatch.setattr(process, "answers", ending)
    token = check(client, as_file(faulty(), name="甲"), as_file(faulty(), name="乙"))
    assert "已经停止读取" in seen(page_of(client, token, 1)).text
    assert organs()[1].name in seen(page_of(client, token, 2)).text


def test_a_worker_that_takes_too_long_is_ended():
    started = time.monotonic()
    with pytest.raises(process.WorkerEndedError):
        list(process.answers({"task": "examples", "skip": 0, "most": 9}, seconds=0.2))
    assert time.monotonic() - started < 5


def test_the_worker_gets_none_of_the_offices_secrets(monkeypatch):
    monkeypatch.setenv("GONGKAI_KEYS", "secret")
    given = {}

    def started(command, **options):
        given.update(options["env"])
        raise RuntimeError

    monkeypatch.setattr(process.subprocess, "Popen", started)
    with pytest.raises(RuntimeError):
        next(process.answers({}))
    assert given and not [name for name in given if name.startswith(("GONGKAI", "DJANGO"))]


def test_the_style_of_findings_comes_from_the_one_source(client):
    assert client.get(reverse("portal_check_style")).content.decode() == style_of_findings()
