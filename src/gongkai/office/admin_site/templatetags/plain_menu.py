"""The menu of a browser without scripts: Wagtail's sidebar is drawn by script, this one is plain links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from wagtail.admin.menu import admin_menu

register = template.Library()


@register.inclusion_tag("admin_site/plain_menu.html", takes_context=True)
def plain_menu(context: Mapping[str, Any]) -> dict[str, Any]:
    """What the sidebar shows this person, taken from the same menu and in the same order; the part one is in is marked."""
    request = context["request"]
    items = admin_menu.render_component(request)
    links = [one for item in items for one in getattr(item, "menu_items", [item])]
    around = [one.url for one in links if request.path.startswith(one.url)]
    return {"items": items, "here": max(around, key=len, default=request.path)}
