"""What is unusual is told, and chance alone is hardly ever."""

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.comparing import Peer, findings, unusual
from gongkai.report.form import load_form

FORM = load_form("2021")
LABELS = Path(__file__).parents[2].parent / "shared" / "reports" / "labels"
CELL = "applications.received.natural_person"


def _found(now, former, peers=()):
    given = [{CELL: value} for value in former]
    return unusual({CELL: now}, given, FORM, [Peer({CELL: a}, {CELL: b}) for a, b in peers])


@pytest.mark.parametrize(
    ("now", "former"),
    [(0, [0]), (3, [0]), (6, [2]), (9, [4, 5, 3]), (130, [100]), (60, [100, 90, 110]), (6000, [5000]), (0, [4])],
)
def test_what_happens_every_year_is_ordinary(now, former):
    assert _found(now, former) == ()


@pytest.mark.parametrize(("now", "former"), [(400, [20]), (0, [300, 280, 310]), (25, [0, 0, 0]), (30000, [5000])])
def test_a_figure_many_times_the_usual_is_unusual(now, former):
    (found,) = _found(now, former)
    assert found.cell.key == CELL
    assert found.more == (now > former[0])


def test_an_organ_whose_figures_always_jump_is_not_asked_about_another_jump():
    assert _found(900, [100, 800, 300, 850, 120]) == ()


def test_what_happens_to_all_peers_is_not_unusual_in_one():
    everybody = [(200 + n, 20 + n) for n in range(8)]
    quiet = [(20 + n, 21 + n) for n in range(8)]
    assert _found(210, [21], everybody) == ()
    assert len(_found(210, [21], quiet)) == 1


def test_without_a_past_the_peers_levels_count_if_there_are_enough():
    assert len(_found(500, [], [(n, None) for n in (3, 5, 4, 6, 2, 5)])) == 1
    assert _found(500, [], [(3, None)]) == ()


def test_an_amount_of_fees_may_move_and_an_amount_of_another_order_is_unusual():
    past = [{"proactive.fees": Decimal("120.5")}]
    assert unusual({"proactive.fees": Decimal("150.25")}, past, FORM) == ()
    assert len(unusual({"proactive.fees": Decimal("9617160")}, past, FORM)) == 1


def test_a_row_is_asked_about_once_with_all_its_columns():
    total = "applications.received.total"
    found = unusual({CELL: 400, total: 410}, [{CELL: 20, total: 22}], FORM)
    (finding,) = findings(found, FORM)
    assert finding.severity == "warning"
    assert finding.cells == (CELL, total)
    assert "本年 400，往年一般为 20" in finding.message


def test_a_column_that_names_the_year_itself_is_not_given_it_twice():
    repealed = "proactive.normative_documents.repealed"
    (finding,) = findings(unusual({repealed: 400}, [{repealed: 20}], FORM), FORM)
    assert "本年废止件数 400，往年一般为 20" in finding.message


def _poisson(mean, chance):
    """Knuth's way: how many waits of an exponential clock fit into one."""
    number, left = 0, chance.expovariate(1.0)
    while left < mean:
        number, left = number + 1, left + chance.expovariate(1.0)
    return number


@pytest.mark.parametrize("mean", [0.3, 1, 3, 10, 60])
@pytest.mark.parametrize("years", [1, 2, 3, 5])
def test_fewer_than_one_cell_in_a_hundred_is_a_false_alarm_where_only_chance_moves(mean, years):
    chance = random.Random(f"{mean}-{years}")
    keys = [key for key in FORM.cells if key.startswith("applications.")]
    alarms = cells = 0
    for _ in range(12):
        draw = [{key: _poisson(mean, chance) for key in keys} for _ in range(years + 1)]
        alarms += len(unusual(draw[0], draw[1:], FORM))
        cells += len(keys)
    assert alarms < cells / 100


@pytest.mark.skipif(not LABELS.exists(), reason="the real reports are not at hand")
def test_a_real_report_whose_figures_were_all_multiplied_by_a_hundred_is_noticed_and_the_report_itself_is_not():
    read = {path.stem: json.loads(path.read_text("utf-8"), parse_float=Decimal) for path in LABELS.glob("*.json")}
    large = [
        one["values"] for one in read.values() if one.get("edition") == "2021" and (one["values"].get(CELL) or 0) >= 20
    ]
    assert len(large) >= 5
    for values in large:
        assert unusual(values, [values], FORM) == ()
        hundredfold = {key: value and value * 100 for key, value in values.items()}
        assert CELL in [one.cell.key for one in unusual(hundredfold, [values], FORM)]
