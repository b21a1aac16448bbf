"""Atom feeds of annual reports: of all organs, and of one. A corrected edition moves its entry to the top."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from ...clock import today
from ...typed import plain_text
from .. import reports
from ..caching import kept
from ..reports import Listed

_NEVER = datetime(2019, 1, 1, tzinfo=UTC)
"""When an empty feed was changed: a feed has to say something, and always the same."""


def all_reports(request: HttpRequest) -> HttpResponseBase:
    """The editions of all organs that were published last."""
    listed = reports.newest_editions()
    return _feed(request, "政府信息公开工作年度报告", reverse("portal_reports"), listed)


def organ_reports(request: HttpRequest, organ: str) -> HttpResponseBase:
    """The editions of one organ that were published last."""
    found = reports.organ_or_404(organ)
    title = f"{found.name_on(today())}政府信息公开工作年度报告"
    return _feed(request, title, reverse("portal_reports_organ", args=[organ]), reports.newest_editions(found))


def _feed(request: HttpRequest, title: str, page: str, listed: list[Listed]) -> HttpResponseBase:
    changed = reports.last_change(listed) or _NEVER

    def make() -> HttpResponse:
        feed = _Feed(
            title=plain_text(title),
            link=request.build_absolute_uri(page),
            description="各机关公布和更正的政府信息公开工作年度报告。",
            language="zh-CN",
            feed_url=request.build_absolute_uri(request.path),
            changed=changed,
        )
        for one in listed:
            _add(feed, request, one)
        return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)

    told_by = ["feed", request.get_host(), title, [(one.told_by, one.name) for one in listed]]
    return kept(request, told_by, make, changed=changed)


def _add(feed: _Feed, request: HttpRequest, one: Listed) -> None:
    address = request.build_absolute_uri(reverse("portal_report", args=[one.organ.code, one.year]))
    corrected = len(one.editions) > 1
    told = f"第{one.newest.number}版，更正：{one.newest.changes}" if corrected else "首次公布。"
    feed.add_item(
        title=plain_text(f"{one.title}（更正）" if corrected else one.title),
        link=address,
        description=plain_text(told),
        author_name=plain_text(one.name),
        unique_id=address,
        pubdate=one.editions[0].at,
        updateddate=one.newest.at,
        categories=[f"{one.year}年"],
    )


class _Feed(Atom1Feed):
    """An Atom feed that says itself when it was changed; Django would tell the time of the request for an empty one."""

    def latest_post_date(self) -> datetime:
        return self.feed["changed"]
