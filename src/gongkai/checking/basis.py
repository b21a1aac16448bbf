"""What rules rest on, as findings name it: the form's notices, from the edition files, and how official texts are written."""

from __future__ import annotations

from ..report.form import editions, load_form

PRACTICE = "公文校对惯例"
PUNCTUATION = "标点符号用法（GB/T 15834—2011）"


def form_basis(*only: str) -> str:
    """The form and the notices that prescribe its editions, the newest first; ``only`` some of them."""
    notices = [load_form(edition).notice for edition in reversed(only or editions())]
    return f"政府信息公开工作年度报告格式（{'、'.join(notices)}）"


FORM = form_basis()
"""The form, whichever edition."""

NEWEST_FORM = form_basis(editions()[-1])
"""The form in force."""
