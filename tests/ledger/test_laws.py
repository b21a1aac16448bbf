"""What holds for every ledger: identities, no regard to order, and a report's figures come back from its ledger."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.checking import RULES, check
from gongkai.ledger import LedgerError, compile_ledger
from gongkai.ledger.sample import ledger_from_report
from gongkai.ledger.workbook import write_ledger
from gongkai.narrative import Facts, Medium, Shortcoming
from gongkai.reading.narrative import stated_figures
from gongkai.report import Report, load_form

ORGAN, YEAR = "青澜市水利局", 2025
RESULTS = (
    "disclosed", "partly_disclosed", "withheld_state_secret", "withheld_other_law", "withheld_stability",
    "withheld_third_party", "withheld_internal", "withheld_deliberative", "withheld_enforcement_file",
    "withheld_inquiry", "unavailable_not_held", "unavailable_needs_creation", "unavailable_unclear",
    "declined_petition", "declined_repeat", "declined_publication", "declined_abusive",
    "declined_reconfirmation", "other_uncorrected", "other_fee_unpaid", "other",
)  # fmt: skip
KINDS = ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other_organisation")
SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])

days = st.dates(date(2024, 6, 1), date(2026, 2, 28))


@st.composite
def rows(draw):
    """One application whose dates are in order, whenever it may have come and gone."""
    received = draw(days)
    finished = draw(st.none() | st.dates(received, date(2026, 3, 31)))
    row = {"received": received, "applicant_kind": draw(st.sampled_from(KINDS))}
    if finished:
        row |= {"finished": finished, "outcome": draw(st.sampled_from(RESULTS))}
    return row


registers = st.lists(rows(), max_size=30).map(
    lambda some: [{"number": f"{YEAR}-{number}", **row} for number, row in enumerate(some)]
)


def compiled(applications):
    return compile_ledger(write_ledger({"applications": applications}, YEAR), ORGAN, YEAR)


def counted_by_hand(applications):
    """Table three, counted the plain way."""
    table = Counter()
    for row in applications:
        received, finished = row["received"], row.get("finished")
        if received.year > YEAR or (finished and finished.year < YEAR):
            continue
        for column in (row["applicant_kind"], "total"):
            table[("carried_in" if received.year < YEAR else "received", column)] += 1
            if finished and finished.year == YEAR:
                table[(row["outcome"], column)] += 1
                table[("total", column)] += 1
            else:
                table[("carried_over", column)] += 1
    return {f"applications.{row}.{column}": number for (row, column), number in table.items()}


@SLOW
@given(registers)
def test_the_figures_are_those_counted_by_hand(applications):
    report = compiled(applications).report
    table = {key: number for key, number in report.values.items() if key.startswith("applications.") and number}
    assert table == counted_by_hand(applications)


@SLOW
@given(registers)
def test_every_identity_holds_and_every_figure_is_the_number_of_its_rows(applications):
    done = compiled(applications)
    values = done.report.values
    for identity in done.report.form.identities:
        assert sum(values[key] for key in identity.left) == sum(values[key] for key in identity.right)
    for key, number in values.items():
        if key.startswith(("applications.", "remedies.")):
            assert number == len(done.trace[key]) == len(set(done.trace[key]))


@SLOW
@given(registers.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_the_rows_does_not_matter(pair):
    first, second = map(compiled, pair)
    assert first.report == second.report


@st.composite
def reports(draw):
    """A report whose figures agree, with some tens of applications at most."""
    values = dict.fromkeys(load_form("2021").cells, 0)

    def add(row, column, number):
        for one in (column, "total"):
            values[f"applications.{row}.{one}"] += number

    for kind in draw(st.lists(st.sampled_from(KINDS), unique=True, max_size=3)):
        fates = draw(st.dictionaries(st.sampled_from((*RESULTS, "carried_over")), st.integers(1, 6), max_size=5))
        total = sum(fates.values())
        old = draw(st.integers(0, total))
        add("received", kind, total - old)
        add("carried_in", kind, old)
        for fate, number in fates.items():
            add(fate, kind, number)
            if fate != "carried_over":
                add("total", kind, number)
    for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        for result in ("upheld", "corrected", "other", "pending"):
            number = draw(st.integers(0, 3))
            values[f"remedies.{group}.{result}"] = number
            values[f"remedies.{group}.total"] += number
    for key in values:
        if key.startswith(("proactive.rules.", "proactive.normative_documents.")):
            values[key] = draw(st.integers(0, 8))
    for key in ("proactive.licences", "proactive.penalties", "proactive.compulsion"):
        values[key] = draw(st.integers(0, 10**7))
    fees = draw(st.decimals(0, 10**6, places=4)).normalize()
    values["proactive.fees"] = int(fees) if fees == fees.to_integral_value() else fees
    return Report(organ=ORGAN, year=YEAR, edition="2021", values=values)


FACTS = Facts(
    {"trainings": 3, "trained": 120, "reviews": 45, "processing_fee": Decimal("125.5"), "contact_office": "办公室"},
    (Medium("website", 30, "水利局网站", 900), Medium("wechat", 12)),
    (Shortcoming("解读形式单一", "制作图解十期", True), Shortcoming("更新不及时", "按月通报更新情况")),
)


@SLOW
@given(reports(), st.integers(0, 3))
def test_a_ledger_made_from_a_report_compiles_to_its_figures(report, seed):
    done = compile_ledger(ledger_from_report(report, FACTS, seed), ORGAN, YEAR)
    assert done.errors == ()
    assert done.report.values == report.values
    assert done.facts == FACTS


@SLOW
@given(reports())
def test_what_the_narrative_states_agrees_with_the_tables(report):
    """By the checker's own rules, on identities and on the narrative against the tables."""
    done = compile_ledger(ledger_from_report(report, FACTS, 1), ORGAN, YEAR)
    found = [one for one in check(done.report) if RULES[one.code].family in ("identity", "narrative")]
    assert found == []


def test_the_narrative_states_the_figures_of_table_three_so_that_they_can_be_checked():
    rows = [
        {
            "number": "1",
            "received": date(2025, 2, 1),
            "applicant_kind": "research",
            "finished": date(2025, 2, 9),
            "outcome": "other",
        },
        {"number": "2", "received": date(2025, 2, 1), "applicant_kind": "research"},
    ]
    cells = {cell for stated in stated_figures(compiled(rows).report) for cell in stated.cells}
    assert {f"applications.{row}.total" for row in ("received", "total", "carried_over", "other")} <= cells


def test_a_ledger_made_twice_from_the_same_report_is_the_same():
    report = compiled([{"number": "1", "received": date(2025, 2, 1), "applicant_kind": "research"}]).report
    assert ledger_from_report(report, FACTS, 5) == ledger_from_report(report, FACTS, 5)


def test_a_report_whose_figures_contradict_each_other_has_no_ledger():
    report = compiled([]).report
    broken = replace(report, values={**report.values, "applications.received.natural_person": 1})
    with pytest.raises(LedgerError, match="自然人"):
        ledger_from_report(broken, Facts())
    broken = replace(report, values={**report.values, "remedies.reconsideration.total": 1})
    with pytest.raises(LedgerError, match="行政复议"):
        ledger_from_report(broken, Facts())
