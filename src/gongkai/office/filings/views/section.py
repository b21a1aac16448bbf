"""Screen of one section's text: edited beside last year's, with what it has to say and the facts that it can say it with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from gongkai.narrative import INTRODUCTION, length_of, texts_of
from gongkai.report.form import form_for_year

from ...cases.kept import Submission
from ...cases.unsent import ASIDE, DISCARD, Place, discard, keep, keep_token, kept, kept_after_sign_out, place
from ...clock import today
from ..content import Content
from ..gate import previous_report
from ..looking import Seen, rewritten_as_proposed, seen_in_section
from ..models import Filing
from ..record import ConflictError, RefusedStepError, save
from ..recorded import content_of
from ..tied import facts_now, rewritten
from ..writing import WHOLE, Block, Edit, blocks, edited, label_of
from .frame import address, filing_page
from .saving import asked_version, only_writers
from .sides import followed_up, known_facts

_PREFIX = "block-"
_LONGEST = 20_000


class SectionForm(forms.Form):
    """The blocks of a section, a field each."""

    def __init__(self, data: Mapping[str, Any] | None, these: tuple[Block, ...]) -> None:
        super().__init__(data)
        self.blocks = these
        for one in these:
            self.fields[_PREFIX + one.key] = forms.CharField(
                label=one.label,
                required=False,
                max_length=_LONGEST,
                initial=one.text,
                widget=forms.Textarea(attrs={"rows": max(4, min(24, 3 + len(one.text) // 38)), "data-count": ""}),
                error_messages={"max_length": "最多写 %(limit_value)d 个字，现在有 %(show_value)d 个字，请删减。"},
            )

    def typed(self) -> dict[str, str]:
        """What was typed, by the block's key."""
        return {one.key: self.cleaned_data[_PREFIX + one.key] for one in self.blocks}


@kept_after_sign_out
def section(request: HttpRequest, organ: str, year: int, section: str) -> HttpResponse:
    """A section's text, to be read by all, edited by who writes the report."""
    filing: Filing = request.subject.thing
    where = place(request.user, filing.organ, "", f"filing_{year}_{section}")
    if section not in _keys(filing):
        raise Http404
    if request.method != "POST":
        return _restored(request, filing, section, where)
    only_writers(request)
    if DISCARD in request.POST:
        discard(where)
        return redirect(address("filings_section", filing, section))
    if ASIDE in request.POST:
        keep(where, Submission(request.POST.copy(), {}))
        messages.success(request, "已暂存，回到这一页时会放回所填的内容。")
        return redirect(address("filings_text", filing))
    return _sent(request, filing, section, where)


def _sent(request: HttpRequest, filing: Filing, section: str, where: Place) -> HttpResponse:
    """Save what was typed; merge it with what others saved meanwhile, or show both."""
    based_on = asked_version(request, filing)
    base = content_of(filing, based_on or filing.newest)
    newest = content_of(filing, filing.newest)
    form = SectionForm(request.POST, _posted(request.POST, filing, section, texts_of(base.report)[section]))
    if based_on is None:
        form.add_error(None, "页面已经过期，请核对以后再保存。")
    if based_on is None or not form.is_valid():
        return _page(request, filing, section, form, based_on or filing.newest)
    shape = form_for_year(filing.year)
    edit = edited(shape, section, texts_of(base.report)[section], texts_of(newest.report)[section], form.typed())
    if edit.clashes:
        return _clash(request, filing, section, edit)
    content, lost = rewritten(newest, {section: edit.text})
    why = f"修改“{label_of(shape, section)}”的文字"
    try:
        number = save(filing, content, based_on=filing.newest, by=request.user, today=today(), why=why)
    except ConflictError:
        filing.refresh_from_db()
        return _sent(request, filing, section, where)
    except RefusedStepError as error:
        form.add_error(None, str(error))
        return _page(request, filing, section, form, filing.newest)
    discard(where)
    _tell(request, number, based_on, len(lost))
    return redirect(address("filings_text", filing) + f"#{section}")


def check(request: HttpRequest, organ: str, year: int, section: str) -> HttpResponse:
    """What would be found in what is typed, were it saved; nothing is."""
    filing: Filing = request.subject.thing
    if section not in _keys(filing):
        raise Http404
    based_on = asked_version(request, filing) or filing.newest
    newest = content_of(filing, filing.newest)
    base = texts_of(content_of(filing, based_on).report)[section]
    form = SectionForm(request.POST, _posted(request.POST, filing, section, base))
    seen: Sequence[Seen] = ()
    if form.is_valid():
        typed = form.typed()
        seen = _seen(filing, newest, section, base, typed)
        if asked := request.POST.get("_take", ""):
            typed = rewritten_as_proposed(typed, seen, asked.replace("\r\n", "\n"))
            form = SectionForm({_PREFIX + key: text for key, text in typed.items()}, form.blocks)
            seen = _seen(filing, newest, section, base, typed)
    theirs = {one.key: one.text for one in form.blocks if one.key in request.POST.getlist("_theirs")}
    template = "section_seen.html" if "_live" in request.POST else "section.html"
    return _page(request, filing, section, form, based_on, seen=seen, theirs=theirs, template=template)


def _seen(filing: Filing, newest: Content, section: str, base: str, typed: Mapping[str, str]) -> tuple[Seen, ...]:
    """What would be found in a section."""
    edit = edited(form_for_year(filing.year), section, base, texts_of(newest.report)[section], typed)
    content, _ = rewritten(newest, {section: edit.text})
    return seen_in_section(filing, content, section, edit.blocks)


def _tell(request: HttpRequest, number: int, based_on: int, lost: int) -> None:
    if number == based_on:
        messages.info(request, "文字没有变化，没有保存新的版本。")
        return
    parts = [f"已保存为第{number}版。"]
    if number > based_on + 1:
        parts.append("别人同时保存的其他改动都保留着。")
    if lost:
        parts.append(f"有 {lost} 处数字所在的文字已经改写，不再与统计表、登记的数据关联，以后数据变化不会再提示。")
    messages.success(request, "".join(parts))


def _clash(request: HttpRequest, filing: Filing, section: str, edit: Edit) -> HttpResponse:
    """Both texts, one's own to be edited on; the next save is made from the other's."""
    data = QueryDict(mutable=True)
    for one in edit.blocks:
        data[_PREFIX + one.key] = one.text
    form = SectionForm(data, edit.blocks)
    form.is_valid()
    theirs = {key: edit.theirs[key] for key in edit.clashes}
    return _page(request, filing, section, form, filing.newest, theirs=theirs, status=409)


def _restored(request: HttpRequest, filing: Filing, section: str, where: Place) -> HttpResponse:
    """The page as it is opened, with what was put aside."""
    unsent = kept(where)
    content = content_of(filing, filing.newest)
    text = texts_of(content.report)[section]
    if unsent is None:
        return _page(
            request,
            filing,
            section,
            SectionForm(None, blocks(form_for_year(filing.year), section, text)),
            filing.newest,
        )
    data = unsent.submission.data
    asked = data.get("based_on", "")
    based_on = min(int(asked), filing.newest) if asked.isdecimal() and len(asked) < 9 else filing.newest
    base = texts_of(content_of(filing, max(based_on, 1)).report)[section]
    form = SectionForm(data, _posted(data, filing, section, base))
    form.is_valid()
    return _page(request, filing, section, form, based_on, restored=unsent.saved_at)


def _page(
    request: HttpRequest,
    filing: Filing,
    section: str,
    form: SectionForm,
    based_on: int,
    *,
    theirs: Mapping[str, str] | None = None,
    restored: Any = None,
    seen: Sequence[Seen] | None = None,
    template: str = "section.html",
    status: int = 200,
) -> HttpResponse:
    shape = form_for_year(filing.year)
    content, facts, before = content_of(filing, filing.newest), facts_now(filing), previous_report(filing)
    former = blocks(before.form or shape, section, texts_of(before).get(section, "")) if before else ()
    by_key = {one.key: one.text for one in former}
    parts = {section} if section == INTRODUCTION else {section, *(one.key for one in shape.section(section).parts)}
    keys = {one.key for one in form.blocks}
    unplaced = parts - keys
    checked = seen is not None
    if seen is None:
        seen = seen_in_section(filing, content, section, form.blocks)
    rows = [
        {
            "field": form[_PREFIX + one.key],
            "key": one.key,
            "heading": one.heading if one.printed else "",
            "theirs": (theirs or {}).get(one.key),
            "former": by_key.get(one.key, ""),
            "facts": known_facts(filing, {one.key} if one.key != WHOLE else unplaced, facts),
            "seen": [found for found in seen if found.block == one.key],
            "length": length_of(form[_PREFIX + one.key].value() or ""),
        }
        for one in form.blocks
    ]
    return filing_page(
        request,
        f"filings/{template}",
        "filings_text",
        trail=[("文字", address("filings_text", filing))],
        status=status,
        title=label_of(shape, section),
        section=section,
        form=form,
        rows=rows,
        rest=[text for key, text in by_key.items() if key not in keys and text.strip()],
        based_on=based_on,
        clashing=bool(theirs),
        restored=restored,
        keep=keep_token(place(request.user, filing.organ, "", f"filing_{filing.year}_{section}")),
        rest_seen=[one for one in seen if one.block not in keys],
        checked=checked,
        check=address("filings_section_check", filing, section),
        followed=followed_up(filing, before, facts, texts_of(content.report)[section]) if section == "problems" else (),
        is_table=section != INTRODUCTION and shape.section(section).kind == "table",
    )


def _keys(filing: Filing) -> list[str]:
    return [INTRODUCTION, *(one.key for one in form_for_year(filing.year).sections)]


def _posted(data: QueryDict, filing: Filing, section: str, base: str) -> tuple[Block, ...]:
    """The blocks that a form was made of: those of the version it names, or the section in one piece."""
    shape = form_for_year(filing.year)
    if f"{_PREFIX}{WHOLE}" in data and sum(key.startswith(_PREFIX) for key in data) == 1:
        return (Block(WHOLE, label_of(shape, section), "", base),)
    return blocks(shape, section, base)
