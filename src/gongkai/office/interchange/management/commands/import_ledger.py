"""``python -m gongkai.office import_ledger FILE --organ CODE``: a ledger's applications and remedies become records."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.law import channels
from gongkai.ledger import MappingError, UnreadableLedgerError, dump_mapping, load_mapping

from ....clock import today
from ....organs.models import Organ, Person
from ....organs.queries import holders
from ...answers import mapping_of, remember
from ...importing import begin, carry_out, drop
from ...planning import VERDICTS, Plan, plan_import
from ...report import counts, report_workbook, told


class Command(BaseCommand):
    help = "导入工作台账：申请登记为案件，复议诉讼登记为案件；已有的不重复导入，内容不同的只报告。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = "、".join(f"{term.code}（{term.label}）" for term in channels().terms)
        parser.add_argument("file", metavar="台账", help="填好的台账，或者本机关自己的登记表（XLSX、XLS、ODS）")
        parser.add_argument("--organ", required=True, metavar="代码", help="机关代码")
        parser.add_argument("--by", metavar="登录名", help="以谁的名义导入，应当是本机关的经办人；默认是第一位经办人")
        parser.add_argument("--dry-run", action="store_true", help="只报告将要做什么，不导入")
        parser.add_argument(
            "--answers",
            metavar="对照.json",
            help="列名、用语各指什么的文件，与 gongkai compile 的对照文件相同；读入后记住",
        )
        parser.add_argument(
            "--channel", default="in_person", metavar="渠道", help=f"台账没有写明渠道的，登记为：{names}"
        )
        parser.add_argument("--report", metavar="报告.xlsx", help="把逐行的报告写到这个文件")

    def handle(self, *args: Any, **options: Any) -> None:
        organ = Organ.objects.filter(code=options["organ"]).first()
        if organ is None:
            raise CommandError(f"没有代码为“{options['organ']}”的机关。")
        if options["channel"] not in {term.code for term in channels().terms}:
            raise CommandError(f"没有“{options['channel']}”这一渠道。")
        path = Path(options["file"])
        try:
            data = path.read_bytes()
            mapping = load_mapping(Path(options["answers"]).read_bytes()) if options["answers"] else mapping_of(organ)
            plan = plan_import(organ, data, mapping, options["channel"], today())
        except (OSError, MappingError, UnreadableLedgerError) as error:
            raise CommandError(str(error)) from error
        self._tell(plan)
        if plan.problems or options["dry_run"]:
            if plan.problems:
                raise CommandError("台账还不能导入，没有写入任何内容。")
            self.stdout.write("这是试导入，没有写入任何内容。")
            return
        person = self._person(organ, options["by"])
        if dump_mapping(mapping) != dump_mapping(mapping_of(organ)):
            remember(organ, mapping)
        run = begin(organ, path.name, data, options["channel"], person)
        try:
            carry_out(run)
        except BaseException:
            drop(run)
            raise
        self.stdout.write(told(counts(run)))
        if options["report"]:
            Path(options["report"]).write_bytes(report_workbook(run))

    def _person(self, organ: Organ, username: str | None) -> Person:
        clerks = [*holders(organ, "clerk", today()), *holders(organ, "office_head", today())]
        found = [one for one in clerks if username in (None, one.username)]
        if not found:
            who = f"“{username}”不是本机关的经办人或者公开工作机构负责人" if username else "本机关没有经办人"
            raise CommandError(f"{who}，请用 --by 指明以谁的名义导入。")
        return found[0]

    def _tell(self, plan: Plan) -> None:
        for problem in (*plan.notes, *plan.problems):
            self.stdout.write(problem.text)
        for question in plan.questions:
            offered = "、".join(one.label for one in question.choices)
            self.stdout.write(f"需要回答：{question.text}可选：{offered}")
        if plan.questions:
            self.stdout.write("请在网页上导入并逐项回答，或者用 --answers 给出对照文件。")
        for line in plan.lines:
            if line.verdict in ("refused", "differs"):
                column = f" {line.column}" if line.column else ""
                self.stdout.write(
                    f"工作表“{line.sheet}”第 {line.row} 行{column}：{VERDICTS[line.verdict]}：{line.reason}"
                )
        verdicts: dict[str, int] = {}
        for one in plan.planned:
            verdicts[one.verdict] = verdicts.get(one.verdict, 0) + 1
        self.stdout.write(told(verdicts))
