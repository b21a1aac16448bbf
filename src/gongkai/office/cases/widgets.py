"""Widgets of the office's forms: plain HTML, every option a labelled input, files that stay attached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from .kept import kept_file, kept_name


class Day(forms.DateInput):
    """A day, as the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OneOf(forms.RadioSelect):
    template_name = "cases/widgets/options.html"


class SomeOf(forms.CheckboxSelectMultiple):
    template_name = "cases/widgets/options.html"


class Files(forms.Widget):
    """Files to choose, above them those that are attached already, each with a tick that keeps it."""

    template_name = "cases/widgets/files.html"
    needs_multipart_form = True
    person_id = 0

    def value_from_datadict(self, data: Any, files: MultiValueDict, name: str) -> list[str]:
        return data.getlist(kept_name(name)) if hasattr(data, "getlist") else list(data.get(kept_name(name), []))

    def value_omitted_from_data(self, data: Any, files: MultiValueDict, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        found = [(one, kept_file(one, self.person_id)) for one in value or [] if isinstance(one, str)]
        context["widget"]["kept"] = [(one, stored) for one, stored in found if stored is not None]
        context["widget"]["kept_name"] = kept_name(name)
        return context
