"""Addresses of the public pages. Nobody signs in for any of them."""

from __future__ import annotations

from functools import partial, update_wrapper

from django.urls import URLPattern

from ..access.guard import READ, View, public
from .views import apply, check, feeds, home, organs, reports, status


def _of(view: View, **arguments: str) -> View:
    """The view with some of its arguments given."""
    return update_wrapper(partial(view, **arguments), view)


def _applying(start: str, kind: str, name: str) -> list[URLPattern]:
    """The addresses of one kind of application."""
    return [
        public(start, _of(apply.form, kind=kind), name=name),
        public(f"{start}review/", _of(apply.review, kind=kind), name=f"{name}_review"),
        public(f"{start}clear/", _of(apply.clear, kind=kind), name=f"{name}_clear"),
        public(f"{start}receipt/", _of(apply.receipt, kind=kind), name=f"{name}_receipt"),
        public(f"{start}receipt.txt", _of(apply.receipt, kind=kind, ending="txt"), name=f"{name}_receipt_text"),
        public(f"{start}receipt.pdf", _of(apply.receipt, kind=kind, ending="pdf"), name=f"{name}_receipt_pdf"),
    ]


urlpatterns = [
    public("", home.home, name="portal_home", methods=READ),
    public("privacy/", home.privacy, name="portal_privacy", methods=READ),
    public("healthz", home.healthz, name="portal_healthz", methods=READ),
    public("guide/", organs.guide_choose, name="portal_guides", methods=READ),
    public("guide/<str:organ>/", organs.organ_guide, name="portal_guide", methods=READ),
    public("apply/", organs.apply_choose, name="portal_apply_choose", methods=READ),
    *_applying("apply/<str:organ>/", "application", "portal_apply"),
    *_applying("rectify/<str:organ>/", "rectification", "portal_rectify"),
    public("status/", status.look_up, name="portal_status"),
    public("status/case/", status.case_page, name="portal_case"),
    public("status/case/leave/", status.leave, name="portal_leave"),
    public("status/case/letter/<uuid:key>/", status.letter, name="portal_letter"),
    public("status/case/<slug:key>/", status.act, name="portal_act"),
    public("reports/", reports.index, name="portal_reports", methods=READ),
    public("reports/feed.atom", feeds.all_reports, name="portal_reports_feed", methods=READ),
    public("reports/<slug:organ>/", reports.organ_reports, name="portal_reports_organ", methods=READ),
    public("reports/<slug:organ>/feed.atom", feeds.organ_reports, name="portal_reports_organ_feed", methods=READ),
    public("reports/<slug:organ>/<int:year>/", reports.report, name="portal_report", methods=READ),
    public(
        "reports/<slug:organ>/<int:year>/figures/<str:key>/", reports.figure, name="portal_report_figure", methods=READ
    ),
    public(
        "reports/<slug:organ>/<int:year>/<int:edition>/report.<slug:format>",
        reports.file,
        name="portal_report_file",
        methods=READ,
    ),
    public("check/", check.check, name="portal_check"),
    public("check/example/", check.example, name="portal_check_example"),
    public("check/findings.css", check.style, name="portal_check_style"),
    public("check/<str:token>/", check.results, name="portal_check_results"),
    public("check/<str:token>/erase/", check.erase, name="portal_check_erase"),
    public("check/<str:token>/<int:number>/", check.document, name="portal_check_document"),
    public("check/<str:token>/<int:number>/findings.json", check.findings, name="portal_check_findings"),
    public("check/<str:token>/<int:number>/mended", check.mended, name="portal_check_mended"),
]
