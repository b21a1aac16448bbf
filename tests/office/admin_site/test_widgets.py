"""Fields that Wagtail starts by inline scripts are started by a file of ours, from attributes."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import get_template
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput
from wagtail.admin.widgets.chooser import BaseChooser


class _Spans(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.spans: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        if tag == "span":
            self.spans.append(dict(attrs))


@pytest.mark.parametrize(
    ("widget", "kind"), [(AdminDateInput, "date"), (AdminTimeInput, "time"), (AdminDateTimeInput, "datetime")]
)
def test_a_field_for_a_date_carries_its_options_as_attributes(widget, kind) -> None:
    html = widget().render("day", None, {"id": "id_day"})
    (span,) = _Spans(html).spans
    assert "<script" not in html
    assert (span["data-controller"], span["data-gongkai-time-kind-value"]) == ("gongkai-time", kind)
    assert span["data-gongkai-time-id-value"] == "id_day"
    assert "format" in json.loads(span["data-gongkai-time-options-value"])


class _PersonChooser(BaseChooser):
    chooser_modal_url_name = "wagtailadmin_choose_page"

    @property
    def model_class(self):
        return get_user_model()


@pytest.mark.django_db
def test_a_chooser_carries_its_options_as_attributes(clerk) -> None:
    clerk.name = '<script>alert("x")</script>'
    html = str(_PersonChooser().render("person", clerk, {"id": 'a"b'}))
    span = next(span for span in _Spans(html).spans if span.get("data-controller") == "gongkai-chooser")
    assert "<script" not in html
    assert span["data-gongkai-chooser-id-value"] == 'a"b'
    assert json.loads(span["data-gongkai-chooser-options-value"])["modalUrl"].startswith("/office/")


def test_a_chooser_without_an_id_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="without an id"):
        _PersonChooser().render("person", None)


@pytest.mark.parametrize(("panel", "kind"), [("inline_panel", "inline"), ("multiple_chooser_panel", "multiple")])
def test_a_panel_of_rows_carries_its_options_as_attributes(panel, kind) -> None:
    class _Formset:
        prefix = "rows"

    class _Panel:
        formset = _Formset()
        children = ()

    options = {"formsetPrefix": 'id_"rows"'}
    html = get_template(f"wagtailadmin/panels/{panel}.html").render(
        {"self": _Panel(), "options_json": json.dumps(options)}
    )
    span = next(span for span in _Spans(html).spans if span.get("data-controller") == "gongkai-panel")
    assert span["data-gongkai-panel-kind-value"] == kind
    assert json.loads(span["data-gongkai-panel-options-value"]) == options
    assert "<script>" not in html
