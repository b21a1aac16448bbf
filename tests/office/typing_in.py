"""A form as a page shows it: its fields with what they hold, and what the page says is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import html
from lxml.html import HtmlElement

_NOT_TYPED = {"hidden", "submit", "button", "image", "reset"}
_REQUIRED = re.compile("（必填）|（必选）")


@dataclass(frozen=True)
class Field:
    """What one types or chooses under one name. ``kind``: date, text, textarea, number, money (to the fen), amount (in 万元, six
    places), email, password, select, radio, checks, check, or file; ``offered``: values to choose from; ``when``: another field
    and the values with which this one is asked.
    """

    name: str
    kind: str
    label: str
    required: bool
    value: Any
    offered: tuple[str, ...] = ()
    when: tuple[str, tuple[str, ...]] | None = None


@dataclass
class Form:
    """A form of a page that changes something. ``hidden``: what it carries along without showing it, its first button too."""

    page: HtmlElement
    element: HtmlElement
    action: str
    fields: Mapping[str, Field]
    hidden: Mapping[str, list[str]] = field(default_factory=dict)

    def errors_of(self, name: str) -> list[str]:
        """What is said of a field by what describes it; empty where nothing is wrong with it."""
        told = []
        for one in _described(self._controls(name)):
            found = self.page.get_element_by_id(one, None) if "error" in one else None
            if found is not None:
                told.append(_text(found))
        return told

    def summed_up(self, name: str) -> bool:
        """Whether the summary of errors on top leads to the field."""
        goals = {each.get("id") for control in self._controls(name) for each in (control, *control.iterancestors())} - {
            None
        }
        return any(link.get("href", "")[1:] in goals for box in self._alerts() for link in box.iter("a"))

    def summary(self) -> str:
        return " ".join(map(_text, self._alerts()))

    def _alerts(self) -> Iterator[HtmlElement]:
        yield from (one for one in self.page.iter("div") if one.get("role") == "alert")

    def _controls(self, name: str) -> list[HtmlElement]:
        return [one for one in self.element.iter("input", "select", "textarea") if one.get("name") == name]


def forms_of(text: str, address: str, method: str = "post") -> list[Form]:
    """The forms of a page in which one types something."""
    page = html.document_fromstring(text)
    found = []
    for element in page.iter("form"):
        fields = (
            {one.name: one for one in _fields(element)} if (element.get("method") or "get").lower() == method else {}
        )
        if fields:
            found.append(Form(page, element, element.get("action") or address, fields, _hidden(element)))
    return found


def _fields(form: HtmlElement) -> Iterator[Field]:
    by_name: dict[str, list[HtmlElement]] = {}
    for one in form.iter("input", "select", "textarea"):
        if one.get("name") and one.get("type") not in _NOT_TYPED:
            by_name.setdefault(one.get("name"), []).append(one)
    for name, controls in by_name.items():
        if not name.endswith("-kept"):
            yield _field(form, name, controls)


def _field(form: HtmlElement, name: str, controls: list[HtmlElement]) -> Field:
    first = controls[0]
    kind = first.tag if first.tag != "input" else first.get("type") or "text"
    if first.get("inputmode") in ("numeric", "decimal"):
        kind = {"numeric": "number", "decimal": "money"}[first.get("inputmode")]
        kind = "amount" if first.get("data-places") == "6" else kind
    offered: tuple[str, ...] = ()
    value: Any = first.get("value") or ""
    if kind == "select":
        offered = tuple(one.get("value", "") for one in first.iter("option") if one.get("value"))
        value = next((one.get("value", "") for one in first.iter("option") if one.get("selected") is not None), "")
    elif kind == "textarea":
        value = (first.text or "").removeprefix("\n")
    elif kind in ("radio", "checkbox"):
        offered = tuple(one.get("value", "on") for one in controls)
        value = [one.get("value", "on") for one in controls if one.get("checked") is not None]
        group = _group(first) is not None
        kind = "radio" if kind == "radio" else "checks" if group else "check"
    label = _label(form, first)
    return Field(name, kind, label, bool(_REQUIRED.search(label)), value, offered, _when(first))


def _label(form: HtmlElement, control: HtmlElement) -> str:
    group = _group(control)
    if group is not None:
        legend = next(group.iter("legend"), None)
        return _text(legend) if legend is not None else _text(_by_id(form, group.get("aria-labelledby", "")))
    told = [_text(one) for one in form.iter("label") if one.get("for") and one.get("for") == control.get("id")]
    return (told or [control.get("aria-label", "")])[0]


def _group(control: HtmlElement) -> HtmlElement | None:
    """The group of choices around a radio button or a tick."""
    for one in control.iterancestors():
        if one.tag == "form" or one.get("role") == "group" or (one.tag == "fieldset" and one.get("id")):
            return None if one.tag == "form" else one
    return None


def _when(control: HtmlElement) -> tuple[str, tuple[str, ...]] | None:
    for one in control.iterancestors():
        if one.get("data-when"):
            return one.get("data-when"), tuple(one.get("data-is", "").split())
    return None


def _hidden(form: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in form.iter("input"):
        if one.get("type") == "hidden" and one.get("name"):
            found.setdefault(one.get("name"), []).append(one.get("value") or "")
    button = next((one for one in form.iter("button") if one.get("type") in (None, "submit")), None)
    if button is not None and button.get("name"):
        found[button.get("name")] = [button.get("value") or ""]
    return found


def _described(controls: Iterable[HtmlElement]) -> list[str]:
    found = []
    for control in controls:
        around = [_group(control)] if control.get("type") in ("radio", "checkbox") else []
        for one in (control, *around):
            found += one.get("aria-describedby", "").split() if one is not None else []
    return list(dict.fromkeys(found))


def _by_id(form: HtmlElement, key: str) -> HtmlElement | None:
    return form.getroottree().getroot().get_element_by_id(key, None)


def _text(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())
