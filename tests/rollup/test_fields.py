"""``rollup.toml`` says for every figure how it is added up, and a wrong line is named."""

import pytest

from gongkai.law.terms import LawError
from gongkai.narrative.facts import fact_items
from gongkai.report.form import editions, load_form
from gongkai.rollup.fields import field_for, fields, read_fields

LINE = {"cells": ["remedies.*"], "way": "summed", "article": "条例 第五十条", "why": "相加。"}


@pytest.mark.parametrize("edition", editions())
def test_every_cell_of_every_form_has_a_line(edition):
    assert [key for key in load_form(edition).cells if not field_for(key).article] == []


def test_an_average_is_not_added_and_the_governments_meetings_are_its_own():
    assert not field_for("fact:average_days").counts("department")
    assert not field_for("fact:meetings").counts("department")
    assert field_for("fact:meetings").counts("own")
    assert field_for("fact:trainings").counts("department")


def test_every_line_names_cells_or_facts_that_there_are():
    keys = [*(key for edition in editions() for key in load_form(edition).cells)]
    keys += [f"fact:{item.key}" for item in fact_items()]
    used = {id(field_for(key)) for key in keys}
    assert [one for one in fields() if id(one) not in used] == []
    known = {item.key for item in fact_items()}
    assert {fact for one in fields() for fact in one.facts} - {"*"} <= known


def test_a_department_has_no_rules_to_add_and_a_lower_government_has():
    rules = field_for("proactive.rules.in_force")
    assert not rules.counts("department")
    assert rules.counts("government")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"way": "added"}, "不认识 added"),
        ({"kinds": ["ministry"]}, "不认识 ministry"),
        ({"cells": []}, "缺少 cells 或者 facts"),
        ({"note": "…"}, "不认识 note"),
        ({"certainty": "sure"}, "不认识 sure"),
    ],
)
def test_a_wrong_line_is_named(change, said):
    with pytest.raises(LawError, match=rf"x\.toml：fields\[0\].*{said}"):
        read_fields({"fields": [LINE | change]}, "x.toml")
