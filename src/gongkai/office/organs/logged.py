"""The words of the audit log (审计日志): what actions are called, and what the details beside them are called and how told.

Each app gives its own in its `wagtail_hooks`; `authority.note` takes no detail that has no words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, registry

from gongkai.law.calendar import chinese_date
from gongkai.law.time_limits import default_rules

_DAY = re.compile(r"\A\d{4}-\d\d-\d\d\Z")
_SIDES = ("old", "new")
"""What a changed field was, and is."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What a detail is called, and ``told``: how a value that is a word of the program's own is told."""

    label: str
    told: Callable[[Any], str] | None = None


_SHARED: Final = {
    "organ": Detail("机关"),
    "name": Detail("名称"),
    "year": Detail("年份"),
    "reason": Detail("原因"),
    "number": Detail("编号"),
    "file": Detail("文件"),
    "sha256": Detail("文件摘要"),
    "source": Detail("来源"),
    "created": Detail("新建件数"),
    "rows": Detail("条数"),
    "changes": Detail("改动"),
    "old": Detail("原为"),
    "new": Detail("改为"),
}
"""Details that several apps tell alike."""

_BY_APP: Final[dict[str, Mapping[str, Detail]]] = {}


def logs(app: str, actions: Mapping[str, str], details: Mapping[str, str | Detail] | None = None) -> None:
    """Give the words of an app's actions (``app.`` and their key) and of the details that only it tells."""
    _BY_APP[app] = {key: Detail(one) if isinstance(one, str) else one for key, one in (details or {}).items()}
    hooks.register("register_log_actions", partial(_register, app, actions))


def _register(app: str, actions: Mapping[str, str], known: LogActionRegistry) -> None:
    for key, label in actions.items():
        known.register_action(f"{app}.{key}", label, label)


def detail(action: str, key: str) -> Detail | None:
    """The words of a detail of an action, None where it has none."""
    return _details(action).get(key)


def in_words(action: str, data: Mapping[str, Any], model: type[Model] | None) -> str:
    """An entry's details as a reader is told: 名称：某局；角色：经办人；起始：2026年1月1日. ``model``: of what was acted on.

    They come in the order in which they are declared: a database need not keep that of the keys.
    """
    known = _details(action)
    order = [*known, *(key for key in data if key not in known)]
    parts = []
    for key in order:
        if (value := data.get(key)) not in (None, ""):
            words = known.get(key, Detail(key))
            parts.append(f"{words.label}：{words.told(value) if words.told else _told(value, model)}")
    return "；".join(parts)


def _details(action: str) -> Mapping[str, Detail]:
    """What an action may tell, in order; nothing for an action that there is not."""
    if not registry.action_exists(action):  # asking makes every app give its words
        return {}
    return {**_SHARED, **_BY_APP.get(action.partition(".")[0], {})}


def _told(value: Any, model: type[Model] | None, name: str = "") -> str:
    """A value in words. ``name``: of the field that it was given to."""
    if isinstance(value, dict):
        inner = {key: value[key] for key in sorted(value, key=_side_first) if value[key] not in (None, "")}
        return "；".join(
            f"{_label(key, model)}：{_told(one, model, name if key in _SIDES else key)}" for key, one in inner.items()
        )
    if isinstance(value, list):
        return "、".join(_told(one, model, name) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if (field := _field(name, model)) and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return chinese_date(date.fromisoformat(value)) if _DAY.match(value) else value


def _side_first(key: str) -> tuple[int, str]:
    """What was before what is; fields by their keys."""
    return (_SIDES.index(key), "") if key in _SIDES else (len(_SIDES), key)


def _label(key: str, model: type[Model] | None) -> str:
    """What a changed field is called: a field of what was acted on, or a time limit; what is in words already stays as it is."""
    if field := _field(key, model):
        return str(field.verbose_name)
    if key in _SIDES:
        return _SHARED[key].label
    with suppress(KeyError):
        return default_rules()[key].label
    return key


def _field(name: str, model: type[Model] | None) -> Field[Any, Any] | None:
    if model is None:
        return None
    with suppress(FieldDoesNotExist):
        field = model._meta.get_field(name)
        return field if isinstance(field, Field) else None
    return None
