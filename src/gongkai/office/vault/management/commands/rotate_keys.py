"""``rotate_keys``: encrypts everything that is kept encrypted with the newest key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.office.vault.rotation import rotate


class Command(BaseCommand):
    help = "用 GONGKAI_KEYS 中的第一把密钥重新加密全部个人信息、未提交的内容和文件；完成后可以去掉中间的旧密钥，最后一把要保留。"

    def handle(self, *args: Any, **options: Any) -> None:
        rotated = rotate()
        self.stdout.write(f"已重新加密 {rotated.values} 项个人信息和未提交的内容、{rotated.files} 个文件。")
        if rotated.lost:
            raise CommandError(f"有 {len(rotated.lost)} 个文件找不到，请从备份恢复：{'、'.join(rotated.lost)}。")
