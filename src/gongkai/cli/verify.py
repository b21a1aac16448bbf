"""``gongkai verify``: whether the office's record of its cases and annual reports is what was recorded."""

from __future__ import annotations

import os
from argparse import ArgumentTypeError, Namespace
from datetime import date
from itertools import chain

from ..report.errors import GongkaiError
from .parser import CommandLineError, Parser


def declare(parser: Parser) -> None:
    """Its options."""
    parser.add_argument("--organ", metavar="机关代码", help="只核验这个机关的案件和年度报告，默认核验全部")
    parser.add_argument(
        "--since", metavar="日期", type=_day, help="只核验这一天以来有记录的案件和年度报告，例如 2026-01-01"
    )


def run(options: Namespace) -> int:
    """Print each fault, and at the end how many there are; 1 where there is one."""
    _set_up()
    from django.db.utils import OperationalError, ProgrammingError

    from ..office.cases.verify import verify
    from ..office.filings.verify import verify_filings
    from ..office.organs.models import Organ

    organs = Organ.objects.order_by("code")
    if options.organ:
        organs = organs.filter(code=options.organ)
    try:
        if options.organ and not organs:
            raise CommandLineError(f"没有代码为“{options.organ}”的机关，请核对。")
        faults = 0
        for fault in chain(verify(organs, options.since), verify_filings(organs, options.since)):
            faults += 1
            print(fault)
    except (OperationalError, ProgrammingError) as error:
        raise GongkaiError(
            "打不开办公系统的数据库，或者其中还没有办理记录。请核对数据所在的位置，先运行办公系统。"
        ) from error
    print(f"共有 {faults} 处问题。" if faults else "案件和年度报告的记录完好。")
    return int(faults > 0)


def _set_up() -> None:
    """Make the office ready, with the settings it runs with."""
    try:
        import django
    except ImportError as error:
        raise GongkaiError("核验案件记录要用到办公系统的程序库，请先安装：pip install 'gongkai[office]'。") from error
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.settings.development")
    django.setup()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}”不是日期，应当写成 2026-01-01 这样") from error
