"""``python -m gongkai.office start``: the organ at the top and its three administrators, from whom all the rest follows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gongkai.law.roles import roles

from ....clock import today
from ...accounts import create_person, grant_role
from ...actions import found_organ
from ...models import Organ

_ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


class Command(BaseCommand):
    help = "设立最上级的机关和三位管理员，显示他们的一次性密码。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", required=True, help="机关代码，例如统一社会信用代码")
        parser.add_argument("--name", required=True, help="机关名称，例如某市某区人民政府")
        parser.add_argument("--short-code", required=True, help="机关代字，用于文书编号，不带“公”字")
        parser.add_argument("--kind", default="government", choices=Organ.Kind.values, help="机关类别")
        for role in _ADMINISTRATORS:
            flag = role.removesuffix("_admin")
            parser.add_argument(f"--{flag}", required=True, metavar="用户名:姓名", help=roles()[role].label)

    def handle(self, **options: Any) -> None:
        day = today()
        try:
            with transaction.atomic():
                organ = found_organ(
                    by=None,
                    code=options["code"],
                    name=options["name"],
                    kind=options["kind"],
                    short_code=options["short_code"],
                    since=day,
                    today=day,
                )
                given = [
                    self._administrator(organ, role, options[role.removesuffix("_admin")]) for role in _ADMINISTRATORS
                ]
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for line in given:
            self.stdout.write(line)
        self.stdout.write("以上密码只显示这一次，首次登录后必须修改。")

    def _administrator(self, organ: Organ, role: str, asked: str) -> str:
        username, _, name = asked.partition(":")
        if not username or not name:
            raise CommandError(f"{roles()[role].label}要写成“用户名:姓名”。")
        person, password = create_person(organ, username=username, name=name, by=None, today=today())
        grant_role(person, role, organ, since=today(), by=None, today=today())
        return f"{roles()[role].label} {name}：用户名 {username}，一次性密码 {password}"
