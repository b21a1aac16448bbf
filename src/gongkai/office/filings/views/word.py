"""Screens of the text in Word (编辑稿): out, and back with what was changed shown before it is taken over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.narrative import INTRODUCTION, Returned, from_word, texts_of, to_word
from gongkai.reading.document import UnreadableError
from gongkai.report.form import form_for_year

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ...cases.kept import kept_file, token
from ...downloads import MEDIA_TYPES, download
from ...vault.files import RefusedFileError, content, store
from ...vault.models import StoredFile
from ..content import Content
from ..models import Filing
from ..needs import READ, WRITE
from ..recorded import content_of
from ..tied import with_figures_tied
from ..writing import changes, label_of, with_texts
from .frame import address, filing_page
from .saving import asked_version, saved


class WordForm(forms.Form):
    """The edited document."""

    file = forms.FileField(
        label="改好的 Word 稿",
        help_text="在本页下载的编辑稿上修改、另存的 DOCX 文件。",
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请核对。"},
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """What a document changes of a section. ``pairs``: paragraphs old and new; ``kept``: ties that stay; ``lost``: numerals, as
    printed, whose ties are lost.
    """

    key: str
    label: str
    pairs: tuple[tuple[str, str], ...]
    kept: int
    lost: tuple[str, ...]


def out(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The newest version as a document to be edited."""
    filing: Filing = request.subject.thing
    newest = content_of(filing, filing.newest)
    data = to_word(newest.report, newest.ties)
    return download(data, f"{newest.report.title or filing}（编辑稿，第{filing.newest}版）.docx")


def back(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Send an edited document, look at what it changes, take it over."""
    filing: Filing = request.subject.thing
    if request.method != "POST":
        return _page(request, filing, WordForm())
    if "sent" in request.POST:
        return _taken(request, filing)
    form = WordForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, filing, form)
    upload = form.cleaned_data["file"]
    try:
        stored = store(upload.name, upload.read())
        if stored.media_type != MEDIA_TYPES["docx"]:
            raise RefusedFileError("请送回 DOCX 文件。WPS 文字、旧版 Word 的文件请另存为 DOCX 后再送。")
        return _preview(request, filing, stored)
    except (RefusedFileError, UnreadableError) as error:
        form.add_error("file", str(error))
        return _page(request, filing, form)


def _taken(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Take over the sections that were chosen."""
    stored = kept_file(request.POST.get("sent", ""), request.user.pk)
    if stored is None:
        messages.error(request, "送回的文件已经过期，没有保存，请重新送回。")
        return redirect(address("filings_word_back", filing))
    based_on = asked_version(request, filing)
    if based_on != filing.newest:
        messages.error(request, "还没有保存：别人同时保存了新的版本，请重新核对下面的改动。")
        return _preview(request, filing, stored)
    now = content_of(filing, filing.newest)
    returned = _read(stored, now)
    chosen = set(request.POST.getlist("take")) & texts_of(now.report).keys()
    if not chosen:
        messages.info(request, "没有选定要采用的部分，没有保存。")
        return redirect(address("filings_text", filing))
    texts = {key: text for key, text in _texts(returned).items() if key in chosen}
    kept = [tie for tie in now.ties if tie.section not in chosen]
    fresh = [tie for tie in returned.ties if tie.section in chosen]
    after = replace(now, report=with_texts(now.report, texts), ties=(*kept, *fresh))
    after = with_figures_tied(after, chosen)
    saved(
        request, filing, after, based_on, "采用送回的 Word 稿", f"已采用送回的 Word 稿，保存为第{filing.newest + 1}版。"
    )
    return redirect(address("filings_text", filing))


def _preview(request: HttpRequest, filing: Filing, stored: StoredFile) -> HttpResponse:
    now = content_of(filing, filing.newest)
    returned = _read(stored, now)
    context = {
        "changed": list(_changed(filing, now, returned)),
        "notes": returned.notes,
        "sent": token(stored, request.user.pk),
    }
    return _page(request, filing, WordForm(), preview=True, **context)


def _read(stored: StoredFile, now: Content) -> Returned:
    return from_word(content(stored), now.report, now.ties)


def _changed(filing: Filing, now: Content, returned: Returned) -> Iterator[ChangedSection]:
    form, texts = form_for_year(filing.year), _texts(returned)
    for key, old in texts_of(now.report).items():
        if key not in texts or not (pairs := changes(old, texts[key])):
            continue
        lost = tuple(old[tie.start : tie.end] for tie in returned.lost if tie.section == key)
        kept = sum(tie.section == key for tie in returned.ties)
        yield ChangedSection(key, label_of(form, key), tuple(pairs), kept, lost)


def _texts(returned: Returned) -> dict[str, str]:
    return {INTRODUCTION: returned.introduction, **returned.sections}


def _page(request: HttpRequest, filing: Filing, form: WordForm, **context: Any) -> HttpResponse:
    return filing_page(
        request,
        "filings/word.html",
        "filings_text",
        trail=[("文字", address("filings_text", filing))],
        title="送回改好的 Word 稿",
        form=form,
        based_on=filing.newest,
        **context,
    )


patterns = [
    guarded("<str:organ>/<int:year>/word/", out, name="filings_word", need=READ, methods=READ_METHODS),
    guarded("<str:organ>/<int:year>/word/back/", back, name="filings_word_back", need=WRITE),
]
