"""``erase``: removes the personal values of a closed case for good; the record of what was done stays, and stays verifiable."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from gongkai.office.cases.erasing import erase_personal
from gongkai.office.cases.models import Case
from gongkai.office.clock import today
from gongkai.office.organs.models import Person


class Command(BaseCommand):
    help = "清除一件已办结案件中的个人信息和身份证明，不能恢复；案件记录保留，仍可核验。备份中的要另行清除。"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--organ", required=True, metavar="机关代码")
        parser.add_argument("--case", required=True, metavar="编号", help="登记编号，例如 2026-0001")
        parser.add_argument("--by", required=True, metavar="用户名", help="由哪位安全管理员清除")
        parser.add_argument("--reason", required=True, metavar="原因", help="写入审计日志，例如“保存期限届满”")
        parser.add_argument("--papers", action="store_true", help="连同案件的全部文件（申请书、文书、附件）一并清除")

    def handle(self, *args: Any, **options: Any) -> None:
        case = Case.objects.select_related("organ").filter(organ__code=options["organ"], number=options["case"]).first()
        by = Person.objects.filter(username=options["by"]).first()
        if case is None or by is None:
            raise CommandError("没有这件案件或者没有这个用户名，请核对。")
        try:
            done = erase_personal(case, by=by, reason=options["reason"], papers=options["papers"], today=today())
        except PermissionDenied as error:
            raise CommandError(f"{by}不是这个机关的安全管理员，不能清除。") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"已清除 {done.values} 项个人信息、{done.files} 个文件。")
        if done.shared:
            self.stdout.write(f"另有 {done.shared} 个文件同时属于其他案件，没有清除。")
