"""What machines read about a report: schema.org's Report and Dataset as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe

from gongkai.report.report import Report

from ..downloads import MEDIA_TYPES
from ..filings.recorded import PublicEdition
from .reports import period_of

_DATA: Final = ("json", "xlsx")
"""The formats that hold the tables as data."""


def structured(
    report: PublicEdition, title: str, name: str, address: str, file_address: Callable[[str], str]
) -> dict[str, Any]:
    """A report and its tables in the words of schema.org. ``address``: of its page, ``file_address``: of a format, both absolute."""
    publisher = {"@type": "GovernmentOrganization", "name": name}
    first, last = period_of(report.filing.year)
    common = {
        "inLanguage": "zh-CN",
        "datePublished": report.first_on.isoformat(),
        "dateModified": report.on.isoformat(),
        "version": str(len(report.editions)),
        "publisher": publisher,
        "creator": publisher,
        "temporalCoverage": f"{first.isoformat()}/{last.isoformat()}",
        "isAccessibleForFree": True,
    }
    form = report.content.report.form
    assert form is not None  # a report without an edition can't be written, so is never published
    files = [(format, media) for format, media in MEDIA_TYPES.items() if format in report.files]
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Report",
                "@id": address,
                "url": address,
                "name": title,
                "about": "政府信息公开工作",
                **common,
                "encoding": [_file("MediaObject", media, file_address(format)) for format, media in files],
            },
            {
                "@type": "Dataset",
                "@id": f"{address}#data",
                "url": address,
                "name": f"{title}：统计数据",
                "description": _about(report.content.report, title),
                **common,
                "isPartOf": {"@id": address},
                "variableMeasured": [table.name for table in form.tables],
                "distribution": [
                    _file("DataDownload", media, file_address(format)) for format, media in files if format in _DATA
                ],
            },
        ],
    }


def script(data: dict[str, Any]) -> SafeString:
    """As text inside a ``script`` element: no sign in it can end the element."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)


def _file(kind: str, media: str, address: str) -> dict[str, str]:
    return {"@type": kind, "encodingFormat": media.split(";")[0], "contentUrl": address}


def _about(report: Report, title: str) -> str:
    form = report.form
    headings = "；".join(section.heading for section in form.sections if section.kind == "table") if form else ""
    return f"《{title}》中的三张统计表：{headings}。每一格有固定的键，可以逐格引用。"
