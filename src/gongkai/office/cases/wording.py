"""What the fields of events say in words: codes become labels, keys become names, days are written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.law.case.lists import lists
from gongkai.law.case.steps import Step, StepField, steps

from ..organs.models import Organ, Person
from .handling import division_names
from .models import Case, CaseEvent
from .presenting import chinese_day


@dataclass(frozen=True, slots=True)
class Names:
    """Names by the keys that events hold. ``events``: what the earlier events of the case were, by number."""

    divisions: Mapping[str, str]
    people: Mapping[str, str]
    organs: Mapping[str, str]
    events: Mapping[int, str]

    def of(self, asked: StepField, value: Any) -> str:
        """A field's value in words; a key that is not known any more stands as it is."""
        match asked.type:
            case "choice":
                return _listed(asked.choices, value)
            case "choices":
                return "；".join(_listed(asked.choices, one) for one in value)
            case "division":
                return self.divisions.get(value, str(value))
            case "person":
                return self.people.get(str(value), str(value))
            case "organ":
                return self.organs.get(value, str(value))
            case "event":
                return self.events.get(value, f"第 {value} 条记录")
            case "cases":
                return "、".join(value)
            case "yes_no":
                return "是" if value else "否"
            case "date":
                return chinese_day(date.fromisoformat(value))
            case "money":
                return f"{value} 元"
        return str(value)


def names_for(case: Case, rows: list[CaseEvent]) -> Names:
    """The names that events of a case may speak of."""
    wanted = {str(value) for row in rows for value in _people(row)}
    return Names(
        divisions=division_names(case, rows),
        people={
            str(one.pk): str(one) for one in Person.objects.filter(pk__in=[key for key in wanted if key.isdigit()])
        },
        organs={one.code: str(one) for one in Organ.objects.filter(code__in=_organs(rows))},
        events={row.number: event_name(row) for row in rows},
    )


def event_name(row: CaseEvent) -> str:
    """第3条 已征求意见（2026年11月2日，某公司）."""
    step = steps().get(row.kind)
    name = row.data.get("name")
    return f"第{row.number}条　{step.done if step else row.kind}（{chinese_day(row.on)}{f'，{name}' if name else ''}）"


def _people(row: CaseEvent) -> list[Any]:
    return [row.data[one.key] for one in _asked(row) if one.type == "person" and one.key in row.data]


def _organs(rows: list[CaseEvent]) -> set[str]:
    return {row.data[one.key] for row in rows for one in _asked(row) if one.type == "organ" and one.key in row.data}


def _asked(row: CaseEvent) -> tuple[StepField, ...]:
    step: Step | None = steps().get(row.kind)
    return step.fields if step else ()


def _listed(name: str, code: str) -> str:
    vocabulary = lists()[name]
    return vocabulary[code].listed if code in vocabulary else str(code)
