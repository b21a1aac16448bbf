"""Images of pages: drawn within a time limit by a process of their own; what can't be drawn is said, and does not stop the work."""

from __future__ import annotations

import time
import zlib

import pytest
from django.urls import reverse

from gongkai.office.intake import pictures
from gongkai.office.intake.models import PageImage, Received
from gongkai.office.intake.pictures import drawn
from gongkai.office.vault.files import store

from .documents import document

pytestmark = pytest.mark.django_db

PAGE = b"BT ET 100 100 200 50 re f"
ENDLESS = b"/G gs\n" + b"0 0 595 842 re f\n" * 300_000
"""The whole page painted over so often, each time mixed with what is there, that drawing takes many minutes."""


def pdf(*pages: bytes, box: bytes = b"0 0 595 842", forms: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of these pages' content; ``forms``: each can draw the next as /F."""
    first = 3 + 2 * len(pages)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = b" ".join(b"%d 0 R" % (3 + 2 * number) for number in range(len(pages)))
    objects.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)))
    named = b"/ExtGState << /G << /ca 0.5 /BM /Luminosity >> >> /XObject << /F %d 0 R >>"
    for number, content in enumerate(pages):
        here = b"/MediaBox [%s] /Contents %d 0 R /Resources << %s >>" % (box, 4 + 2 * number, named % first)
        objects += [b"<< /Type /Page /Parent 2 0 R %s >>" % here, _stream(b"", content)]
    for number, content in enumerate(forms, first + 1):
        kind = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >>" % (named % number)
        objects.append(_stream(kind, content))
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def _stream(kind: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< %s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (kind, len(packed), packed)


@pytest.fixture
def received(district):
    """A report that was read, and is waiting to be looked at."""
    district.organ("云溪区审计局")
    return district.send(document("云溪区审计局", kind="pdf")).received.get()


def looks_like(received: Received, data: bytes) -> Received:
    """The received file with other bytes."""
    received.file = store("报告.pdf", data)
    received.save()
    return received


def test_an_ordinary_page_is_drawn_once_and_kept(received, monkeypatch):
    first = drawn(looks_like(received, pdf(PAGE, PAGE)))
    assert [(one.number, one.width, one.height) for one in first.pages] == [(1, 595, 842), (2, 595, 842)]
    assert not first.remarks
    monkeypatch.setattr(pictures.process, "answers", None)  # whatever draws again would fail
    assert drawn(Received.objects.get(pk=received.pk)).pages == first.pages


def test_a_page_that_takes_for_ever_is_given_up_after_the_time_given_and_not_tried_again(received, monkeypatch):
    looks_like(received, pdf(PAGE, ENDLESS))
    begun = time.monotonic()
    shown = drawn(received, seconds=10)
    assert time.monotonic() - begun < 90  # the process has to start and to be ended, on a busy machine too
    assert [one.number for one in shown.pages] == [1]
    assert [one for one in shown.remarks if "第 2 页起的页面图像没有能够生成" in one] == shown.remarks != []
    monkeypatch.setattr(pictures.process, "answers", None)
    assert drawn(Received.objects.get(pk=received.pk)).remarks == shown.remarks


def test_forms_in_forms_that_draw_each_other_ten_times_are_given_up_too(received):
    deep = pdf(b"/F Do", forms=(*[b"/F Do " * 10] * 12, b"/G gs 0 0 595 842 re f"))
    shown = drawn(looks_like(received, deep), seconds=3)
    assert not shown.pages and len(shown.remarks) == 1


@pytest.mark.parametrize(
    "box", [b"0 0 1e30 1e30", b"-1e9 -1e9 1e9 1e9", b"0 0 0 0", b"0 0 900000 900000", b"0 0 14400 0.001"]
)
def test_a_page_of_any_size_becomes_an_image_of_moderate_size(received, box):
    shown = drawn(looks_like(received, pdf(PAGE, box=box)))
    assert len(shown.pages) == 1 and PageImage.objects.get().file.size < 1_000_000


def test_figures_are_confirmed_beside_the_downloaded_original_where_no_image_could_be_drawn(
    district, received, monkeypatch
):
    monkeypatch.setattr(pictures, "PDF_SECONDS", 3.0)
    looks_like(received, pdf(ENDLESS))
    batch = received.batch
    address = reverse("intake_report", args=[batch.pk, 1])
    page = district.screen.get(address).content.decode()
    assert "页面图像没有能够生成" in page and "请下载原件，对照原件核对、确认各格。" in page
    assert reverse("intake_file", args=[batch.pk, 1]) in page and "<image" not in page
    assert "已接收" in district.take(batch)
