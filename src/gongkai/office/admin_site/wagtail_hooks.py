"""Wires the app into Wagtail: menus and searches follow the list of reachable routes, the home shows only what is ours."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import SubmenuMenuItem

from .home import StartPanel
from .routes import leads_somewhere

LAST = 1000
"""After all other hooks, so that nothing is added behind our back."""


@hooks.register("construct_main_menu", order=LAST)
@hooks.register("construct_settings_menu", order=LAST)
@hooks.register("construct_reports_menu", order=LAST)
@hooks.register("construct_help_menu", order=LAST)
def only_reachable_items(request: HttpRequest, items: list[Any]) -> None:
    """A menu item stays if its address is reachable; a submenu hides itself when it is empty."""
    items[:] = [item for item in items if isinstance(item, SubmenuMenuItem) or leads_somewhere(item.url)]


@hooks.register("construct_homepage_panels", order=LAST)
def only_our_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Wagtail's panels speak of pages; ours leads to the person's screens."""
    panels[:] = [StartPanel(request), *(panel for panel in panels if type(panel).__module__.split(".")[0] != "wagtail")]


@hooks.register("construct_homepage_summary_items", order=LAST)
def no_summary_of_pages(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if type(item).__module__.split(".")[0] != "wagtail"]


@hooks.register("insert_global_admin_css")
def our_styles() -> SafeString:
    return format_html(
        '<link rel="stylesheet" href="{}"><noscript><link rel="stylesheet" href="{}"></noscript>',
        static("admin_site/admin.css"),
        static("admin_site/without_scripts.css"),
    )


@hooks.register("insert_global_admin_js")
def our_scripts() -> SafeString:
    return format_html_join("", '<script src="{}"></script>', [(static("admin_site/widgets.js"),)])
