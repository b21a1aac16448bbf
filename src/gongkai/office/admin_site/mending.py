"""What has to change in Wagtail and can be changed by no setting, hook or template: three methods, replaced at start."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.menu import Menu, MenuItem
from wagtail.admin.search import Search
from wagtail.admin.widgets.chooser import BaseChooser

from .routes import leads_somewhere


def mend() -> None:
    """Replaces the methods; called once, when the app is ready."""
    BaseChooser.render = _chooser_without_inline_script
    Menu.menu_items_for_request = _items_found_once
    Search.search_items_for_request = _reachable_areas


def _chooser_without_inline_script(
    chooser: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    """Wagtail ends a chooser in an inline script, which the back office's policy blocks; here the same data are attributes,
    and `static/admin_site/widgets.js` starts the chooser when the element appears.
    """
    if not attrs or "id" not in attrs:
        raise TypeError("A chooser cannot be rendered without an id: its script finds it by that.")
    data = chooser.get_value_data(value)
    start = format_html(
        '<span hidden data-controller="gongkai-chooser" data-gongkai-chooser-maker-value="{}" data-gongkai-chooser-id-value="{}" '
        'data-gongkai-chooser-options-value="{}"></span>',
        chooser.js_constructor,
        attrs["id"],
        json.dumps(chooser.get_js_init_options(attrs["id"], name, data)),
    )
    # render_html is Wagtail's own template, already escaped
    return mark_safe(chooser.render_html(name, data, attrs) + start)


_items_of_menu = Menu.menu_items_for_request


def _items_found_once(menu: Menu, request: HttpRequest) -> list[MenuItem]:
    """The sidebar, the menu of a browser without scripts and the first page show one menu; what a person may open is asked of
    the database once for all three.
    """
    found: dict[Menu, list[MenuItem]] = request.__dict__.setdefault("_menus", {})
    if menu not in found:
        found[menu] = _items_of_menu(menu, request)
    return list(found[menu])


def _reachable_areas(search: Search, request: HttpRequest) -> list[Any]:
    """The sidebar's search takes the first area without asking the hook that filters areas, so they are filtered here."""
    return [area for area in search.registered_search_areas if leads_somewhere(area.url) and area.is_shown(request)]
