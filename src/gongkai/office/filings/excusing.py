"""Written reasons (说明) for findings: put into a content; `gate.reason_for` finds them again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongkai.report.finding import Finding

from .content import Content, Excuse
from .gate import fingerprint


def with_reasons(content: Content, reasons: Iterable[tuple[Finding, str]], *, by: str, at: str) -> Content:
    """The content with these reasons in place of those it had for the same findings; an empty reason takes one away.

    A reason that stays as it was keeps who wrote it and when.
    """
    had = {one.finding: one for one in content.excuses}
    for finding, reason in reasons:
        mark, text = fingerprint(finding), reason.strip()
        if not text:
            had.pop(mark, None)
        elif mark not in had or had[mark].reason != text:
            had[mark] = Excuse(mark, finding.message, text, by, at)
    return replace(content, excuses=tuple(had.values()))
