"""``python -m gongkai.office eraseexpired``: removes drafts and check results whose time is over. Meant to run every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...checking import runs
from ...drafts import erase_expired


class Command(BaseCommand):
    help = "清除到期的未提交表单和核对结果。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"清除了 {erase_expired()} 份未提交的表单，{runs.erase_expired()} 组核对结果。")
