"""``rebuild``: writes the projections of all cases anew from their events."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.office.cases.models import Case
from gongkai.office.cases.rebuild import rebuild


class Command(BaseCommand):
    help = "由案件记录重新生成各案件的状态、期限等各栏。程序带来新的放假安排，或者核验发现各栏与记录不一致时使用。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"重新生成完毕，有 {rebuild(Case.objects.all())} 件案件与原来不同。")
