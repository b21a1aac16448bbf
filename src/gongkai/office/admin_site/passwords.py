"""What a password must be made of (口令复杂度)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

KINDS: dict[str, Callable[[str], bool]] = {
    "字母": str.isalpha,
    "数字": str.isdigit,
    "符号": lambda character: not character.isalnum(),
}
"""The three kinds of characters; a Chinese character counts as a letter."""


class KindsOfCharacters:
    """Asks for characters of at least ``at_least`` of the three kinds: letters, digits, symbols."""

    def __init__(self, at_least: int = 2) -> None:
        if not 1 <= at_least <= len(KINDS):
            raise ValueError(f"at_least is {at_least}, but there are {len(KINDS)} kinds of characters.")
        self.at_least = at_least

    def validate(self, password: str, user: Any = None) -> None:
        present = [kind for kind, belongs in KINDS.items() if any(map(belongs, password))]
        if len(present) < self.at_least:
            raise ValidationError(
                f"密码只含有{'、'.join(present) or '空白'}。{self.get_help_text()}", code="password_too_few_kinds"
            )

    def get_help_text(self) -> str:
        return f"密码应当含有{'、'.join(KINDS)}中的至少{'一二三'[self.at_least - 1]}种。"
