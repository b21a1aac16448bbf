from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, path, reverse
from wagtail.admin.views.generic import IndexView

from gongkai.office.admin_site.routes import RouteListError, _read, allowed_routes, is_reachable

CLOSED = (
    "/office/pages/",
    "/office/pages/1/",
    "/office/choose-page/",
    "/office/collections/",
    "/office/workflows/list/",
    "/office/reports/site-history/",
    "/office/api/main/pages/",
    "/office/images/",
    "/office/images/add/",
    "/office/documents/",
    "/office/snippets/",
    "/office/users/",
    "/office/groups/",
    "/office/sites/",
    "/office/failwhale/",
    "/office/test404/",
    "/office/block-preview/",
    "/office/editing-sessions/release/1/",
)


class _Route:
    """What `is_reachable` looks at in a resolved address, made from a pattern."""

    def __init__(self, pattern: URLPattern, names: tuple[str, ...] = (), route: str = "") -> None:
        self.namespaces, self.url_name, self.func = list(names), pattern.name, pattern.callback
        self.view_name = ":".join((*names, pattern.name or ""))
        self.route = route + str(pattern.pattern)

    @property
    def is_ours(self) -> bool:
        """Its view is written here, or shows a model of ours."""
        view = getattr(self.func, "view_class", self.func)
        model = getattr(self.func, "view_initkwargs", {}).get("model")
        return any(thing.__module__.startswith("gongkai.") for thing in (view, model) if thing)


def _routes(resolver, names: tuple[str, ...] = (), route: str = "") -> Iterator[_Route]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _routes(pattern, inner, route + str(pattern.pattern))
        else:
            yield _Route(pattern, names, route)


@pytest.mark.django_db
@pytest.mark.parametrize("address", CLOSED)
def test_what_the_office_does_not_use_of_wagtail_is_not_found_whoever_asks(address, client, almighty) -> None:
    assert client.get(address).status_code == 404
    assert almighty.get(address).status_code == 404
    assert almighty.post(address, {}).status_code == 404


@pytest.mark.django_db
def test_what_is_closed_would_otherwise_be_there(almighty, settings) -> None:
    """Without the middleware these addresses answer: so it is the list that closes them, not a wrong address."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("ReachableRoutes")]
    for address in (
        "/office/pages/",
        "/office/images/",
        "/office/documents/",
        "/office/users/",
        "/office/reports/site-history/",
    ):
        assert almighty.get(address, follow=True).status_code == 200, address


def test_every_listed_route_exists() -> None:
    for name in allowed_routes():
        try:
            reverse(name)
        except NoReverseMatch:
            reverse(name, kwargs={"uidb64": "x", "token": "y-z"})


def test_every_route_of_the_back_office_is_closed_or_listed_or_ours() -> None:
    """Walks all addresses there are, also those that a new version of Wagtail brings."""
    routes = [route for route in _routes(get_resolver()) if route.route.startswith("office/")]
    assert len(routes) > 100
    open_ones = {route.view_name for route in routes if is_reachable(route) and not route.is_ours}
    assert open_ones == allowed_routes()


def test_a_screen_of_ours_is_none_of_wagtails() -> None:
    """Also one that Wagtail's generic views draw: what counts is its name."""
    ours = path("organs/", IndexView.as_view(), name="index")
    assert is_reachable(_Route(ours, ("organs",), "office/"))
    assert not is_reachable(_Route(ours, ("wagtailsites",), "office/"))


@pytest.mark.parametrize("name", ["wagtaildocs_serve", "wagtailimages_serve", "wagtail_serve"])
def test_files_and_pages_that_wagtail_would_serve_to_anyone_are_closed_until_listed(name) -> None:
    """Wagtail serves documents and images whatever the state of the page they belong to."""
    assert not is_reachable(_Route(path("<int:number>/", IndexView.as_view(), name=name)))


def test_no_item_of_the_menu_leads_to_a_closed_route(almighty) -> None:
    page = almighty.get("/office/").content.decode()
    sidebar = re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL)
    addresses = set(re.findall(r'"(/office/[^"]*)"', sidebar.group(1)))
    assert {"/office/account/", "/office/logout/"} <= addresses
    assert {address for address in addresses if almighty.get(address).status_code == 404} == set()


def test_a_route_without_a_reason_is_refused() -> None:
    with pytest.raises(RouteListError, match="route 1"):
        _read('[[route]]\nname = "wagtailadmin_home"')


def test_a_route_listed_twice_is_refused() -> None:
    entry = '[[route]]\nname = "a"\nreason = "b"\n'
    with pytest.raises(RouteListError, match="twice"):
        _read(entry + entry)
