"""``python -m gongkai.office export_ledger FILE --organ CODE``: an organ's records as the core's ledger."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ....organs.authority import note
from ....organs.models import Organ
from ...exporting import ledger_of


class Command(BaseCommand):
    help = "导出工作台账（XLSX），可以用 gongkai compile 编制年度报告。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="台账.xlsx", help="要写的文件")
        parser.add_argument("--organ", required=True, metavar="代码", help="机关代码")
        parser.add_argument("--year", type=int, metavar="年度", help="只导出与这一年有关的；默认全部")
        parser.add_argument("--names", action="store_true", help="写入申请人姓名或者名称；记入审计日志")

    def handle(self, *args: Any, **options: Any) -> None:
        organ = Organ.objects.filter(code=options["organ"]).first()
        if organ is None:
            raise CommandError(f"没有代码为“{options['organ']}”的机关。")
        if options["year"] is not None and not 2008 <= options["year"] <= 2099:
            raise CommandError("年度应当在 2008 年到 2099 年之间。")
        data = ledger_of(organ, options["year"], names=options["names"])
        try:
            Path(options["file"]).write_bytes(data)
        except OSError as error:
            raise CommandError(f"不能写入“{options['file']}”：{error.strerror}。") from error
        note(organ, "interchange.export", None, organ, year=options["year"], names=options["names"])
        self.stdout.write(f"已写入 {options['file']}。")
