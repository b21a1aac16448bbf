"""An organ's own templates of letters (文书模板): download, edit in Word, upload; every version is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.letters import check_template, default_template, fill, letters, placeholders, sample_values, to_pdf

from ..clock import now, today
from ..organs.authority import note
from ..organs.models import Organ
from ..vault.files import RefusedFileError, content, store
from .form_fields import day_field
from .letter_making import DOCX, PDF, own_template, template_of
from .models import LetterTemplate
from .views_case import file_response


class TemplateForm(forms.Form):
    """A new template and the day from which it is used. It is checked for what would fail when a letter is made of it."""

    def __init__(self, key: str, data: Any = None, files: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial, use_required_attribute=False)
        self.key = key
        self.notices: list[str] = []
        self.fields["file"] = forms.FileField(
            label="模板文件",
            help_text="Word 文件（.docx）。占位符写在两个花括号之间，如 {{申请人}}。",
            error_messages={
                "required": "请选择模板文件。",
                "empty": "文件是空的，请核对。",
                "missing": "请选择模板文件。",
            },
        )
        self.fields["since"] = day_field("启用日期")

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        self.content = upload.read()
        problems = check_template(self.content, self.key)
        self.notices = [one.message for one in problems if one.level == "notice"]
        if errors := [one.message for one in problems if one.level == "error"]:
            raise forms.ValidationError(errors)
        return upload


def template_list(request: HttpRequest, organ: str) -> HttpResponse:
    """All letters, with the template that the organ uses."""
    found: Organ = request.subject.organ
    day = today()
    rows = [(one, own_template(found, one.key, day)) for one in letters().values()]
    context = {
        "organ": found,
        "rows": rows,
        "title": "文书模板",
        "trail": [("收件箱", reverse("cases_organ_inbox", args=[organ]))],
    }
    return render(request, "cases/templates.html", context)


def template_page(request: HttpRequest, organ: str, letter: str) -> HttpResponse:
    """One letter's template: what it may say, its versions, and uploading another."""
    found: Organ = request.subject.organ
    chosen = letters().get(letter)
    if chosen is None:
        raise Http404
    sent = request.method == "POST"
    form = (
        TemplateForm(letter, request.POST, request.FILES) if sent else TemplateForm(letter, initial={"since": today()})
    )
    if sent and form.is_valid():
        try:
            stored = store(request.FILES["file"].name, form.content)
        except RefusedFileError as error:
            form.add_error("file", str(error))
        else:
            made = LetterTemplate.objects.create(
                organ=found,
                letter=letter,
                file=stored,
                since=form.cleaned_data["since"],
                uploaded_by=request.user,
                uploaded_at=now(),
            )
            note(made, "cases.template", request.user, found, letter=letter, sha256=stored.sha256)
            messages.success(request, f"已保存《{chosen.title}》的模板。{' '.join(form.notices)}")
            return redirect("cases_template", organ, letter)
    groups: dict[str, list[Any]] = {}
    for one in placeholders().values():
        groups.setdefault(one.group, []).append(one)
    context = {
        "organ": found,
        "letter": chosen,
        "form": form,
        "used": own_template(found, letter, today()),
        "versions": LetterTemplate.objects.filter(organ=found, letter=letter).select_related("file", "uploaded_by"),
        "groups": list(groups.items()),
        "required": chosen.required,
        "title": chosen.title,
        "trail": [
            ("收件箱", reverse("cases_organ_inbox", args=[organ])),
            ("文书模板", reverse("cases_templates", args=[organ])),
        ],
    }
    return render(request, "cases/template.html", context)


def template_file(request: HttpRequest, organ: str, letter: str, which: str) -> HttpResponse:
    """A template to edit in Word: the default, the one in use, a version by its number; or the one in use filled with a sample."""
    found: Organ = request.subject.organ
    chosen = letters().get(letter)
    if chosen is None:
        raise Http404
    if which == "default":
        data = default_template(letter)
    elif which in ("used", "sample"):
        data = template_of(found, letter, today())
    else:
        version = LetterTemplate.objects.filter(
            organ=found, letter=letter, pk=int(which) if which.isdecimal() else 0
        ).first()
        if version is None:
            raise Http404
        data = content(version.file)
    if which == "sample":
        return file_response(to_pdf(fill(data, sample_values())), f"{chosen.title}（样张）.pdf", PDF)
    return file_response(data, f"{chosen.title}.docx", DOCX)
