"""Screens of 文字雷同: the organs of a district by how much of their text is repeated, and two texts side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.comparing import shared
from gongkai.report.form import form_for_year

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ...clock import today
from ...filings.likeness import SECTION, SECTIONS, sides, told
from ...organs.models import Organ
from ...organs.queries import name_on
from ..alike import Alike, District, alike, district_of_texts
from ..needs import READ
from .territory import the_government

_MUCH = 0.5


def page(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The organs by how much of a section stands elsewhere, too. ``section``: which one, 总体情况 unless told."""
    government = the_government(request, year)
    district = _district(request, year)
    rows = [_row(one, district) for one in alike(district)]
    return render(
        request,
        "supervision/likeness.html",
        {
            "title": f"{name_on(government, today())}{year}年度报告的文字雷同",
            "trail": _trail(),
            "government": government,
            "year": year,
            "section": _section(request),
            "sections": [(one.key, one.heading) for one in form_for_year(year).sections if one.key in SECTIONS],
            "rows": rows,
            "much": sum(one["much"] for one in rows),
        },
    )


def pair(request: HttpRequest, organ: str, year: int, one: str, other: str) -> HttpResponse:
    """The texts of two organs of the district side by side."""
    district = _district(request, year)
    if one == other or not {one, other} <= district.texts.keys():
        raise Http404
    names = district.names[one], district.names[other]
    return _sides(request, year, names, (district.texts[one], district.texts[other]), district)


def former(request: HttpRequest, organ: str, year: int, one: str) -> HttpResponse:
    """An organ's text beside its own of the year before."""
    district = _district(request, year)
    if one not in district.texts or one not in district.former:
        raise Http404
    name = district.names[one]
    names = f"{name}{year}年度", f"{name}{year - 1}年度"
    return _sides(request, year, names, (district.texts[one], district.former[one]), district)


def _sides(
    request: HttpRequest, year: int, names: tuple[str, str], texts: tuple[str, str], district: District
) -> HttpResponse:
    likeness = shared(texts[0], {"": texts[1]}, district.stock)
    government: Organ = request.subject.thing
    address = reverse("supervision_likeness", args=[government.code, year])
    back = (f"{year}年度文字雷同", f"{address}?section={_section(request)}")
    return render(
        request,
        "supervision/pair.html",
        {
            "title": f"{names[0]}与{names[1]}",
            "trail": [*_trail(), back],
            "sides": sides(names[0], texts[0], names[1], texts[1], likeness),
            "share": told(likeness.share),
            "passages": likeness.passages,
        },
    )


def _row(one: Alike, district: District) -> dict[str, Any]:
    others = [(code, district.names[code], told(share)) for code, share in one.likeness.others[:3]]
    return {
        "code": one.code,
        "name": one.name,
        "share": told(one.likeness.share),
        "others": others,
        "former": told(one.former.share) if one.former else "",
        "much": one.most >= _MUCH,
    }


def _trail() -> list[tuple[str, str]]:
    return [("年报监督", reverse("supervision_board_start"))]


def _district(request: HttpRequest, year: int) -> District:
    return district_of_texts(the_government(request, year), year, _section(request))


def _section(request: HttpRequest) -> str:
    """The section that is asked for."""
    section = request.GET.get("section", SECTION)
    if section not in SECTIONS:
        raise Http404
    return section


patterns = [
    guarded("<str:organ>/<int:year>/likeness/", page, name="supervision_likeness", need=READ, methods=READ_METHODS),
    guarded(
        "<str:organ>/<int:year>/likeness/<str:one>/former/",
        former,
        name="supervision_former",
        need=READ,
        methods=READ_METHODS,
    ),
    guarded(
        "<str:organ>/<int:year>/likeness/<str:one>/with/<str:other>/",
        pair,
        name="supervision_pair",
        need=READ,
        methods=READ_METHODS,
    ),
]
