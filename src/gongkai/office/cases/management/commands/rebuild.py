"""``rebuild``: writes the projections of all cases and annual reports anew from what was recorded of them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.office.cases.models import Case
from gongkai.office.cases.rebuild import rebuild
from gongkai.office.filings.models import Filing
from gongkai.office.filings.verify import rebuild_filings


class Command(BaseCommand):
    help = (
        "由记录重新生成各案件、各年度报告的状态、期限等各栏。程序带来新的放假安排，或者核验发现各栏与记录不一致时使用。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        cases, filings = rebuild(Case.objects.all()), rebuild_filings(Filing.objects.all())
        self.stdout.write(f"重新生成完毕，有 {cases} 件案件、{filings} 份年度报告与原来不同。")
