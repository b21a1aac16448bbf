"""Choosing an organ, by the tree or by name, and its guide (公开指南)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...calendars import rules
from ...clock import today
from ...organs.queries import name_on
from .. import guide
from ..queries import above, organ_or_404, search, tree


def choose(request: HttpRequest, target: str) -> HttpResponse:
    """The organs, each with a link to ``target``: applying there, or its guide."""
    words = request.GET.get("q", "").strip()[:40]
    day = today()
    context = {
        "target": target,
        "words": words,
        "found": search(words, day) if words else None,
        "tree": tree(day),
    }
    return render(request, "portal/choose.html", context)


def apply_choose(request: HttpRequest) -> HttpResponse:
    """Whom to apply to."""
    return choose(request, "portal_apply")


def guide_choose(request: HttpRequest) -> HttpResponse:
    """Whose guide to read."""
    return choose(request, "portal_guide")


def organ_guide(request: HttpRequest, organ: str) -> HttpResponse:
    """An organ's guide."""
    found = organ_or_404(organ, today())
    context = {
        "organ": found,
        "name": name_on(found, today()),
        "online": guide.takes_online(found, today()),
        "above": " · ".join(reversed(list(above(found, today())))),
        "facts": guide.facts(found),
        "ways": guide.ways(found, today()),
        "limits": guide.limits(rules(found)),
    }
    return render(request, "portal/guide.html", context)
