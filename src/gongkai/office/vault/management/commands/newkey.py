"""``newkey``: prints a fresh key for GONGKAI_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.office.vault.keys import new_key


class Command(BaseCommand):
    help = "生成一把加密密钥，供环境变量 GONGKAI_KEYS 使用。"
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(new_key())
