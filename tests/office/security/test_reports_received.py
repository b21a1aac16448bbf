"""Files that organs send as their reports, made by somebody who means harm."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.office.clock import now, today
from gongkai.office.intake import cleaning, reading
from gongkai.office.intake.models import Batch, Received
from gongkai.office.intake.receiving import NothingReceivedError, Sent, receive
from gongkai.office.vault.files import RefusedFileError, erase_unused, store_report
from gongkai.office.vault.models import StoredFile

from ..builders import client_of, make_organ, make_person

pytestmark = pytest.mark.django_db

RUNS = "<script>alert(1)</script>"
PAGE = f"<html><head><title>{RUNS}</title></head><body onload=alert(1)><h1>云溪区审计局2025年年报{RUNS}</h1></body></html>".encode()


@pytest.fixture
def government():
    return make_organ("云溪区人民政府", kind="government")


@pytest.fixture
def clerk(government):
    return make_person("clerk", make_organ("云溪区人民政府办公室", kind="office", parent=government))


def _zip(**parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return held.getvalue()


def _receive(government, clerk, *files):
    return receive(government, 2025, files, by=clerk, received_on=today())


def test_a_path_out_of_the_archive_is_only_a_name(government, clerk):
    names = ("../../../etc/passwd.html", "/etc/cron.d/job.html", "..\\..\\boot.html")
    data = _zip(**{name: PAGE + name.encode() for name in names})
    batch = _receive(government, clerk, Sent("全部.zip", data))
    root = Path(settings.MEDIA_ROOT)
    kept = [path for path in root.rglob("*") if path.is_file()]
    assert len(kept) == batch.received.count() == 3
    assert {path.name for path in kept} == {str(one.key) for one in StoredFile.objects.all()}


def test_what_is_kept_is_encrypted_and_goes_when_nobody_takes_it_in(government, clerk):
    batch = _receive(government, clerk, Sent("年报.html", PAGE))
    root = Path(settings.MEDIA_ROOT)
    (kept,) = (path for path in root.rglob("*") if path.is_file())
    assert "云溪区审计局".encode() not in kept.read_bytes()
    assert cleaning.drop_abandoned(now() + timedelta(days=1)) == 1
    erase_unused(now() + timedelta(days=1))
    assert not Batch.objects.filter(pk=batch.pk).exists()
    assert not any(path.is_file() for path in root.rglob("*"))


def test_a_page_that_would_run_in_a_browser_is_only_ever_saved(government, clerk):
    batch = _receive(government, clerk, Sent(f"{RUNS}/{RUNS}\r\nSet-Cookie: a=b.html", PAGE))
    Received.objects.update(state="unread", trouble=RUNS)
    screen = client_of(clerk)
    shown = screen.get(reverse("intake_batch", args=[batch.pk])).content.decode()
    assert RUNS not in shown
    assert RUNS not in screen.get(reverse("intake_report", args=[batch.pk, 1])).content.decode()
    answer = screen.get(reverse("intake_file", args=[batch.pk, 1]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "\n" not in answer["Content-Disposition"]
    assert "a" not in answer.cookies


def test_what_a_file_says_of_itself_runs_nowhere(government, clerk, monkeypatch):
    monkeypatch.setattr(reading, "_submit", lambda pk: None)
    batch = _receive(government, clerk, Sent("年报.html", PAGE))
    reading.read_batch(batch.pk)
    screen = client_of(clerk)
    for address in (reverse("intake_batch", args=[batch.pk]), reverse("intake_report", args=[batch.pk, 1])):
        answer = screen.get(address)
        assert answer.status_code == 200
        assert RUNS not in answer.content.decode()
        assert "onload=alert" not in answer.content.decode()


def test_archives_in_archives_and_bombs_bring_nothing_in(government, clerk):
    deep = PAGE
    for level in range(6):
        deep = _zip(**{f"{level}.{'zip' if level else 'html'}": deep})
    bomb = _zip(**{"年报.html": b"<html>" + b"0" * (300 << 20)})
    began = time.monotonic()
    for data in (deep, bomb, _zip(**{f"{one}.exe": b"MZ\x00" for one in range(500)}), b"PK\x03\x04" + b"\x00" * 100):
        with pytest.raises(NothingReceivedError):
            _receive(government, clerk, Sent("全部.zip", data))
    assert time.monotonic() - began < 60
    assert not Received.objects.exists()


def test_a_document_of_nothing_but_links_does_not_keep_the_office_busy():
    links = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    links += b'<Relationship Id="r" Type="a" Target="b"/>' * 20_000 + b"</Relationships>"
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
    data = _zip(**parts, **{f"word/_rels/{one}.rels": links for one in range(1000)})
    assert len(data) < settings.GONGKAI_UPLOAD_LIMIT
    began = time.monotonic()
    with pytest.raises(RefusedFileError):
        store_report("年报.docx", data)
    assert time.monotonic() - began < 10


def test_the_office_of_another_government_finds_no_batch(government, clerk):
    batch = _receive(government, clerk, Sent("年报.html", PAGE))
    other = make_organ(kind="government")
    former = make_person("clerk", clerk.holdings.get().organ)
    former.holdings.update(until=today() - timedelta(days=1))
    strangers = (
        former,
        make_person("clerk", make_organ(kind="office", parent=other)),
        make_person("clerk", make_organ(parent=government)),
        make_person("supervisor", other),
    )
    for person in strangers:  # whoever holds no role any more is signed out
        screen = client_of(person)
        for route, more in (("intake_batch", ()), ("intake_file", (1,)), ("intake_report", (1,))):
            assert screen.get(reverse(route, args=[batch.pk, *more])).status_code == (302 if person == former else 404)
        for route, more in (
            ("intake_close", ()),
            ("intake_take", (1,)),
            ("intake_place", (1,)),
            ("intake_take_all", ()),
        ):
            assert screen.post(reverse(route, args=[batch.pk, *more])).status_code == (302 if person == former else 404)
    batch.refresh_from_db()
    assert (batch.state, batch.received.get().state) == ("reading", "waiting")
    assert batch.received.count() == 1


def test_sixty_megabytes_are_refused_before_they_are_read(government, clerk):
    address = reverse("intake_district", args=[government.code, 2025])
    files = [SimpleUploadedFile(f"{one}.pdf", b"%PDF-" + bytes(9 << 20)) for one in range(8)]
    answer = client_of(clerk).post(address, {"files": files, "received_on": today().isoformat()})
    assert answer.status_code in (400, 413)
    assert not StoredFile.objects.exists()
