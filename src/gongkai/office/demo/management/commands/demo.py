"""``python -m gongkai.office demo``: the site with a demonstration district, on this machine only."""

from __future__ import annotations

import json
import secrets
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from ....clock import today
from ...build import build, is_empty


class Command(BaseCommand):
    help = "建立演示用的区（机关、人员、申请都是虚构的），并在本机打开网站。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
        parser.add_argument("--build-only", action="store_true", help="只建立演示数据，不打开网站")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if is_empty():
            self._build()
        self._tell(options["port"])
        if not options["build_only"]:
            self._serve(options["port"])

    def _build(self) -> None:
        started = time.perf_counter()
        password = "-".join(secrets.token_hex(2) for _ in range(3))
        self.stdout.write("正在建立演示数据，通过与页面相同的功能逐件办理，大约需要一分钟。")
        members = build(today(), password, self.stdout.write)
        accounts = [[one.person.username, one.person.name, one.organ, one.duties] for one in members]
        path = settings.DATA / "demo.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps({"password": password, "accounts": accounts}, ensure_ascii=False), "utf-8")
        self.stdout.write(f"用时 {time.perf_counter() - started:.0f} 秒。")

    def _tell(self, port: int) -> None:
        path = settings.DATA / "demo.json"
        if not path.exists():
            self.stdout.write("数据库中已有数据，没有建立演示数据。")
            return
        known = json.loads(path.read_text("utf-8"))
        self.stdout.write("\n演示账号（机关、人员、申请都是虚构的）：")
        for username, name, organ, duties in known["accounts"]:
            self.stdout.write(f"  {username:<14}{organ}  {name}  {duties}")
        self.stdout.write(f"口令都是 {known['password']}")
        self.stdout.write(
            f"\n公众页面：http://127.0.0.1:{port}/\n办公系统：http://127.0.0.1:{port}/office/\n按 Ctrl+C 停止。"
        )
        self.stdout.flush()

    def _serve(self, port: int) -> None:
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # else a warning tells of it
        from waitress import serve

        from ....wsgi import application

        serve(application, host="127.0.0.1", port=port, threads=8, ident=None)
