"""``verify``: looks whether the record of all cases and annual reports is what was recorded. ``gongkai verify`` calls the same."""

from __future__ import annotations

import argparse
from datetime import date
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.office.cases.verify import verify
from gongkai.office.filings.verify import verify_filings
from gongkai.office.organs.models import Organ


class Command(BaseCommand):
    help = "核验案件和年度报告的记录：有没有改动、删除、插入、调换、截断，个人信息、各版内容和文件是否完好。有问题的退出码为 1。"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--organ", metavar="机关代码", help="只核验这个机关")
        parser.add_argument(
            "--since", metavar="日期", type=date.fromisoformat, help="只核验这一天以来有记录的案件和年度报告"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        organs = Organ.objects.order_by("code")
        if code := options["organ"]:
            organs = organs.filter(code=code)
            if not organs:
                raise CommandError(f"没有代码为“{code}”的机关，请核对。", returncode=2)
        faults = 0
        for fault in chain(verify(organs, options["since"]), verify_filings(organs, options["since"])):
            faults += 1
            self.stdout.write(str(fault))
        if faults:
            raise CommandError(f"共有 {faults} 处问题。")
        self.stdout.write("案件和年度报告的记录完好。")
