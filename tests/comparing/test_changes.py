"""Changes since last year, and what was carried over."""

from gongkai.comparing import carried, changes
from gongkai.report.report import Report


def _report(year=2025, edition="2021", **values):
    return Report(year=year, edition=edition, values={key.replace("__", "."): value for key, value in values.items()})


def _change(report, previous, key):
    return next(one for one in changes(report, previous) if one.cell.key == key)


def test_a_change_is_a_difference_and_a_share_of_last_years_figure():
    one = _change(_report(proactive__licences=150), _report(2024, proactive__licences=120), "proactive.licences")
    assert (one.difference, one.ratio) == (30, 0.25)


def test_from_zero_there_is_a_difference_and_no_share():
    one = _change(_report(proactive__licences=5), _report(2024, proactive__licences=0), "proactive.licences")
    assert (one.difference, one.ratio) == (5, None)


def test_a_cell_that_last_years_form_did_not_have_has_no_difference():
    previous = _report(2020, "2019", proactive__licences__decisions=4)
    one = _change(_report(proactive__licences=5), previous, "proactive.licences")
    assert (one.before, one.difference) == (None, None)


def test_what_was_carried_over_came_in_column_by_column():
    now = _report(applications__carried_in__natural_person=4, applications__carried_in__enterprise=1)
    before = _report(2024, applications__carried_over__natural_person=4, applications__carried_over__enterprise=2)
    found = {one.cell.column.key: one.holds for one in carried(now, before)}
    assert (found["natural_person"], found["enterprise"]) == (True, False)
