"""``python -m gongkai.office eraseexpired``: removes all that was kept for a time and whose time is over. Meant to run every hour."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from ....cases import unsent
from ....clock import now
from ....intake import cleaning
from ....interchange.importing import drop_abandoned
from ....registers import importing as registers
from ....vault.files import erase_unused
from ...checking import runs
from ...drafts import erase_expired


class Command(BaseCommand):
    help = "清除到期的未提交表单、没有随表单提交的文件、没有确认的导入、没有接收的报告文件、核对结果和登录状态。"

    def handle(self, *args: Any, **options: Any) -> None:
        done = (
            (erase_expired(), "份公众未提交的表单"),
            (unsent.erase_expired(), "份工作人员未提交的表单"),
            (erase_unused(now() - unsent.KEPT), "个没有提交的文件"),
            (drop_abandoned(now() - unsent.KEPT), "次没有确认的导入"),
            (registers.drop_abandoned(now() - unsent.KEPT), "份没有确认的登记簿表格"),
            (cleaning.forget_pictures(now() - cleaning.KEPT), "张已经接收的报告的页面图像"),
            (cleaning.drop_abandoned(now() - cleaning.KEPT), "批没有接收的报告文件"),
            (runs.erase_expired(), "组核对结果"),
        )
        call_command("clearsessions")
        self.stdout.write(f"清除了 {'，'.join(f'{count} {what}' for count, what in done)}。")
