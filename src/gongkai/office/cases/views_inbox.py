"""The inbox, and reviewing or approving several cases at once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ..access.needs import CASE_READERS, REGISTRARS
from ..calendars import calendar
from ..clock import today
from ..organs.queries import organs_with
from .inbox import TABS, Place, applicant_sought, counts, in_tab, place_of, rows
from .needs import templates

PER_PAGE = 30
LAST_ORGAN = "cases_organ"
"""In the session: the organ whose inbox was looked at last."""


def inbox(request: HttpRequest) -> HttpResponse:
    """To the inbox of the organ asked for, of the one looked at last, or of the person's first."""
    organs = organs_with(request.user, CASE_READERS, today())
    wanted = request.GET.get("organ") or request.session.get(LAST_ORGAN)
    chosen = next((one for one in organs if one.code == wanted), organs[0])
    return redirect("cases_organ_inbox", chosen.code)


def _search(request: HttpRequest, where: Place) -> HttpResponse:
    """What is looked for is sent, not asked for by an address: the number of somebody's document must stand in no log."""
    words = request.POST.get("search", "").strip()[:60]
    applicant = applicant_sought(where, words)
    sought = {"applicant": applicant} if applicant else {"search": words}
    address = reverse("cases_organ_inbox", args=[where.organ.code])
    return redirect(f"{address}?{urlencode({'tab': request.POST.get('tab', ''), **sought})}")


def organ_inbox(request: HttpRequest, organ: str) -> HttpResponse:
    """The inbox of one organ."""
    day = today()
    subject = request.subject
    request.session[LAST_ORGAN] = organ
    where = place_of(request.user, subject.organ, calendar(subject.organ), day)
    if request.method == "POST":
        return _search(request, where)
    search = request.GET.get("search", "").strip()[:60]
    applicant = request.GET.get("applicant", "")[:64]
    tab = next((one for one in TABS if one.key == request.GET.get("tab")), TABS[0])
    found = in_tab(where, tab.key, search, applicant).prefetch_related("assigned")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    numbers = counts(where)
    sought = {key: value for key, value in (("search", search), ("applicant", applicant)) if value}
    query = urlencode({"tab": tab.key, **sought}) + "&"
    return render(
        request,
        "cases/inbox.html",
        {
            "title": "收件箱",
            "organ": subject.organ,
            "organs": organs_with(request.user, CASE_READERS, day),
            "tabs": [(one.key, one.label, numbers.get(one.key), one == tab and not sought) for one in TABS],
            "tab": tab.key,
            "order": "" if sought else tab.order,
            "rows": rows(where, page.object_list),
            "page": page,
            "query": query,
            "search": search,
            "applicant": applicant,
            "selecting": tab.key == "mine" and not sought,
            "may_register": not where.roles.isdisjoint(REGISTRARS),
            "may_templates": not where.roles.isdisjoint(templates.roles),
            "help": f"{subject.organ}办理的申请。",
            "trail": [("首页", reverse("wagtailadmin_home"))],
        },
    )
