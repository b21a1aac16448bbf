"""The public's forms fit the steps they end in."""

from __future__ import annotations

import pytest

from gongkai.law.case.steps import steps
from gongkai.office.portal.online import online_forms

SET_BY_THE_SITE = {"submitted_on"}


@pytest.mark.parametrize("form", online_forms().values(), ids=online_forms())
def test_a_form_asks_for_all_that_its_step_requires(form):
    asked = {one.key for one in form.fields} | form.fixed.keys() | SET_BY_THE_SITE
    for field in steps()[form.step].fields:
        applies = field.when is None or form.fixed.get(field.when.field) in field.when.values
        assert not (field.required and applies) or field.key in asked, field.key


@pytest.mark.parametrize("form", online_forms().values(), ids=online_forms())
def test_a_form_ends_in_a_step_that_needs_no_member_of_staff(form):
    assert steps()[form.step].unattended


@pytest.mark.parametrize("form", online_forms().values(), ids=online_forms())
def test_what_is_fixed_is_something_the_step_knows(form):
    step = steps()[form.step]
    for key in form.fixed:
        assert step.field(key) is not None and key not in {one.key for one in form.fields}
