"""The column for what is kept encrypted, by which the changing of keys finds everything there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models


class EncryptedField(models.BinaryField):
    """Bytes that `keys.cipher` has encrypted. ``at_once``: how many rows the changing of keys holds in memory."""

    if TYPE_CHECKING:  # on a row it is the value, as Django gives it

        def __get__(self, row: Any, model: Any = None) -> Any: ...

        def __set__(self, row: Any, value: bytes | None) -> None: ...

    def __init__(self, *arguments: Any, at_once: int = 500, **options: Any) -> None:
        self.at_once = at_once
        super().__init__(*arguments, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """To the database it is bytes like any other."""
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.BinaryField", arguments, options


def encrypted_fields() -> list[EncryptedField]:
    """Every encrypted column of every model."""
    fields = (field for model in apps.get_models() for field in model._meta.concrete_fields)
    return [field for field in fields if isinstance(field, EncryptedField)]
