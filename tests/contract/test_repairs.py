"""The repairs of all findings together make every identity hold, whatever is blank, missing, negative or chosen."""

from __future__ import annotations

import random
from itertools import islice, product

from benchmarks.repair import random_report, spoil
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.checking import RULES, check
from gongkai.report import Finding, Number, Report, load_form
from gongkai.report.identities import violations


def faulty(edition: str, seed: int, wrong: int, blank: int, missing: int, negative: int) -> dict[str, Number | None]:
    """A random report with figures made wrong, blanked, left out and made negative."""
    form, rng = load_form(edition), random.Random(seed)
    values: dict[str, Number | None] = dict(spoil(random_report(form, rng), wrong, rng)[0])
    cells = sorted({cell for identity in form.identities for cell in identity.cells})
    for cell in rng.sample(cells, blank):
        values[cell] = None
    for cell in rng.sample(cells, negative):
        values[cell] = -rng.randint(1, 9)
    for cell in rng.sample(cells, missing):
        del values[cell]
    return values


def findings_of(edition: str, values: dict[str, Number | None]) -> list[Finding]:
    """What the rules of the identities find in these figures."""
    report = Report(organ="某县某局", year=2023, edition=edition, values=values)
    return [finding for finding in check(report) if RULES[finding.code].family == "identity"]


@settings(deadline=None, max_examples=60)
@given(
    edition=st.sampled_from(["2021", "2019"]),
    seed=st.integers(0, 10_000),
    wrong=st.integers(0, 5),
    blank=st.sampled_from([0, 1, 5, 30, 120]),
    missing=st.sampled_from([0, 0, 3]),
    negative=st.sampled_from([0, 0, 1]),
)
@example(edition="2021", seed=625, wrong=2, blank=1, missing=3, negative=0)
@example(edition="2019", seed=5782, wrong=3, blank=1, missing=3, negative=1)
@example(edition="2019", seed=2490, wrong=0, blank=30, missing=0, negative=1)
def test_the_repairs_of_all_findings_together_make_every_identity_hold(edition, seed, wrong, blank, missing, negative):
    """With any one alternative of each finding that lists them, and blanks that stay open as they may be filled."""
    values = faulty(edition, seed, wrong, blank, missing, negative)
    found = findings_of(edition, values)
    certain: dict[str, Number] = {}
    for finding in found:
        assert finding.repair is None or not finding.alternatives
        assert not certain.keys() & (finding.repair or {}).keys()
        certain |= finding.repair or {}
    listed = [finding.alternatives for finding in found if finding.alternatives]
    for chosen in islice(product(*listed), 20):
        changed = certain | {cell: value for alternative in chosen for cell, value in alternative.items()}
        assert all(value >= 0 for value in changed.values())
        assert violations(load_form(edition), {**values, **changed}) == ()


def test_a_figure_that_only_one_value_fits_is_not_said_to_have_several():
    """A negative figure whose row decides it, in a table whose other identities all hold as they are."""
    values: dict[str, Number | None] = dict.fromkeys(load_form("2021").cells, 0)
    values |= {
        "remedies.reconsideration.upheld": -3,
        "remedies.reconsideration.corrected": 2,
        "remedies.reconsideration.total": 5,
        "applications.received.research": 2,
        "applications.received.total": 2,
        "applications.other.research": -1,
        "applications.other.total": 2,
        "applications.total.research": 2,
        "applications.total.total": 2,
    }
    found = findings_of("2021", values)
    assert {cell: value for finding in found for cell, value in (finding.repair or {}).items()} == {
        "remedies.reconsideration.upheld": 3,
        "applications.other.research": 2,
    }


def test_a_sum_that_is_not_of_the_printed_figures_alone_says_so():
    """Two wrong figures in one column: each finding counts the other as it should be, and tells it."""
    values: dict[str, Number | None] = dict.fromkeys(load_form("2021").cells, 0)
    for row in ("received", "total"):
        values |= {f"applications.{row}.natural_person": 10, f"applications.{row}.total": 10}
    for row, printed in (("disclosed", 7), ("other", 8)):
        values |= {f"applications.{row}.natural_person": printed, f"applications.{row}.total": 5}
    told = [finding.message for finding in findings_of("2021", values) if "（一）至（六）各项之和" in finding.message]
    assert told
    assert all("各项之和为 15，" in message or "按应填的数计" in message for message in told)
