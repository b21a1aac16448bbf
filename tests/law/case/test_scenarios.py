"""Cases as a lawyer writes them, each counted by hand: ``scenarios/*.toml``."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from gongkai.law.case.clock import clock
from gongkai.law.case.state import advanced
from gongkai.law.case.steps import steps

from .building import CALENDAR, RULES, make_case, make_event, refused

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))
SCENARIOS = [one for file in FILES for one in tomllib.loads(file.read_text("utf-8"))["scenarios"]]
KINDS = {step.label: step.key for step in steps().values()}
SIDE = ("correction_notice", "correction", "third_party", "co_producer", "other_organ", "reasons", "fee")


def read(line):
    fields = {key: value for key, value in line.items() if key not in ("on", "step", "because")}
    return make_event(KINDS[line["step"]], line["on"], **fields)


def named(scenario):
    return scenario["title"]


def told(value):
    return None if value == "none" else value


@pytest.mark.parametrize("scenario", SCENARIOS, ids=named)
def test_the_clock_runs_as_counted_by_hand(scenario):
    events = [read(line) for line in scenario["events"]]
    make_case(*events)  # every event is lawful on its day
    for expected in scenario.get("expect", ()):
        state = None
        for event in events[: expected.get("upto", len(events))]:
            state = advanced(state, event)
        found = clock(state, CALENDAR, RULES, expected["today"])
        facts = {
            "status": state.status,
            "outcome": state.outcome,
            "original_due": found.original_due,
            "due": found.due,
            "left": found.working_days_left,
            "stopped": found.stopped,
            "stopped_until": found.stopped_until,
            "provisional": found.provisional,
            "late": found.answered_late,
            "spans": [
                [str(one.start), str(one.end or "未定"), "计入" if one.counted else "不计", one.working_days]
                for one in found.spans
            ],
            **{limit.key: limit.due for limit in found.side_limits if limit.key in SIDE},
        }
        wanted = {key: told(value) for key, value in expected.items() if key not in ("today", "upto")}
        assert {key: facts.get(key) for key in wanted} == wanted, expected["today"]


@pytest.mark.parametrize("scenario", [one for one in SCENARIOS if "lawful" in one], ids=named)
def test_what_is_lawful_is_not_refused(scenario):
    state = make_case(*map(read, scenario["events"]))
    for line in scenario["lawful"]:
        assert refused(state, read(line)) == ()


@pytest.mark.parametrize("scenario", [one for one in SCENARIOS if "unlawful" in one], ids=named)
def test_what_is_unlawful_is_refused_by_its_article(scenario):
    state = make_case(*map(read, scenario["events"]))
    for line in scenario["unlawful"]:
        found = refused(state, read(line))
        assert found and any(line["because"] in one.article for one in found), (line, found)
        assert all(one.message.endswith("。") for one in found)


@pytest.mark.parametrize(
    ("received", "seventh", "fifteenth", "due", "extended"),
    [
        ("2025-01-20", "2025-02-05", "2025-02-14", "2025-02-21", "2025-03-21"),
        ("2025-09-26", "2025-10-13", "2025-10-23", "2025-10-30", "2025-11-27"),
        ("2026-02-10", "2026-02-26", "2026-03-09", "2026-03-16", "2026-04-14"),
        ("2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
        ("2026-09-18", "2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19"),
        ("2024-12-13", "2024-12-24", "2025-01-06", "2025-01-13", "2025-02-14"),
    ],
)
def test_periods_across_holidays_end_on_the_days_of_the_printed_calendar(received, seventh, fifteenth, due, extended):
    state = make_case(("registered", received, {"submitted_on": received}))
    begun = clock(state, CALENDAR, RULES, date.fromisoformat(received))
    assert (str(begun.original_due), str(begun.due)) == (due, due)
    assert [str(one.due) for one in begun.side_limits] == [seventh]
    asked = make_case(("consulted", received, {"received_on": received}), state=state)
    limits = clock(asked, CALENDAR, RULES, date.fromisoformat(received)).side_limits
    assert [str(one.due) for one in limits if one.key == "third_party"] == [fifteenth]
    longer = make_case(
        ("extension_requested", received, {"days": 20}),
        ("extension_approved", received, {"days": 20}),
        ("extension_notified", received),
        state=state,
    )
    assert str(clock(longer, CALENDAR, RULES, date.fromisoformat(received)).due) == extended
