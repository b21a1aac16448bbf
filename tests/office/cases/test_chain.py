from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from gongkai.office.cases.chain import case_seal, digest_of, register_seal

EVENT = {
    "organ": "yunxi-jw",
    "case": "2026-0001",
    "number": 2,
    "kind": "note",
    "on": date(2026, 2, 12),
    "data": {"text": "甲", "count": 3, "yes": True, "list": ["一", "二"]},
    "actor": "7",
    "at": datetime(2026, 2, 12, 1, 2, 3, 45, tzinfo=UTC),
    "previous": "0" * 64,
}


def test_a_digest_is_that_of_the_documented_text():
    """SHA-256 of one line of JSON, as `sha256sum` gives it for the same line."""
    assert digest_of(**EVENT) == "e99bfb12399fff1f933f4a889522359d00f0f6e3f8919b0d4b916016aa53d838"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("organ", "yunxi-cz"),
        ("case", "2026-0002"),
        ("number", 3),
        ("kind", "contacted"),
        ("on", date(2026, 2, 13)),
        ("data", {**EVENT["data"], "text": "乙"}),
        ("actor", ""),
        ("at", EVENT["at"] + timedelta(microseconds=1)),
        ("previous", "1" * 64),
    ],
)
def test_every_part_of_an_event_changes_its_digest(key, value):
    assert digest_of(**{**EVENT, key: value}) != digest_of(**EVENT)


def test_the_order_of_keys_and_the_time_zone_make_no_difference():
    turned = dict(reversed(EVENT["data"].items()))
    in_china = EVENT["at"].astimezone(timezone(timedelta(hours=8)))
    assert digest_of(**{**EVENT, "data": turned, "at": in_china}) == digest_of(**EVENT)


def test_numbers_and_texts_truths_and_numbers_are_told_apart():
    digests = {digest_of(**{**EVENT, "data": {"value": value}}) for value in (1, "1", True, [1], None)}
    assert len(digests) == 5


def test_every_part_of_a_case_changes_its_seal():
    sealed = ("yunxi-jw", "2026-0001", 5, "a" * 64, "b" * 64)
    seals = {case_seal(*sealed)}
    for place, value in enumerate(("yunxi-cz", "2026-0002", 4, "c" * 64, "d" * 64)):
        seals.add(case_seal(*sealed[:place], value, *sealed[place + 1 :]))
    assert len(seals) == 6


def test_every_part_of_a_register_changes_its_seal():
    seals = {register_seal(*one) for one in (("a", 2026, 5), ("b", 2026, 5), ("a", 2027, 5), ("a", 2026, 4))}
    assert len(seals) == 4
