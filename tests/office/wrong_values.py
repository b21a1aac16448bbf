"""For each kind of field what it takes, and what no field of that kind takes."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.office.clock import today

from .typing_in import Field

LONG = "字" * 20_001
"""Longer than any field takes."""

_WRONG: dict[str, tuple[Any, ...]] = {
    "date": ("2026-02-30", "明天", "2026-13-01", "9" * 40),
    "text": (LONG,),
    "textarea": (LONG,),
    "password": (LONG,),
    "email": (LONG, "不是邮箱", "有 空格@云溪"),
    "tel": (LONG, "没有电话"),
    "number": ("-1", "一百", "1.5", "9" * 30),
    "money": ("-1", "一百", "1.234", "9" * 30),
    "amount": ("-1", "一百", "1.2345678", "9" * 30),
    "select": ("没有这一项", "999999"),
    "radio": ("没有这一项",),
    "checks": (["没有这一项"],),
    "file": ("program", "empty", "large", "disguised"),
}
"""By the kind of a field; a file is told by what is wrong with it."""

_FILES = {
    "program": ("程序.exe", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00"),
    "empty": ("空白.pdf", b""),
    "large": ("很大.txt", b"g" * 1_100_000),
    "disguised": ("报告.pdf", b"\x00\x01\x02\x03 no document"),
}
LIMIT = 2**20
"""Bytes of an upload while these tests run; the large file is larger."""


def wrong_values(field: Field) -> tuple[Any, ...]:
    """What the field must not take: nothing where it is required, and what is no value of its kind."""
    nothing = ("",) if field.required and field.kind != "check" else ()
    return (*nothing, *_WRONG.get(field.kind, ()))


def sent(field: Field, value: Any) -> Any:
    """The value as a browser sends it."""
    if field.kind != "file" or not value:
        return value
    name, content = _FILES[value]
    return SimpleUploadedFile(name, content)


def plausible(field: Field) -> Any:
    """What someone may well have typed; it need not be lawful, only to be kept."""
    match field.kind:
        case "date":
            return today().isoformat()
        case "number":
            return "3"
        case "money":
            return "120.00"
        case "amount":
            return "12.345678"
        case "email":
            return "lianxi@yunxi.gov.cn"
        case "tel":
            return "13800000000"
        case "select":
            return field.value or (field.offered[-1] if field.offered else "")
        case "radio" | "checks":
            return list(field.value) or list(field.offered[:1])
        case "check":
            return list(field.offered[:1])
        case "file" | "password":
            return ""
    return f"云溪区{field.label[:4].strip()}"
