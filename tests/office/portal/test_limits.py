"""Limits count by address, as the outermost proxy of one's own saw it."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from gongkai.office.portal.limits import Limit, address_of, use, used_up

TWICE = Limit("test", 2, 60, "够了。")


def coming_from(address, forwarded=""):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def test_an_address_has_so_many_turns_and_another_its_own():
    one, other = coming_from("192.0.2.1"), coming_from("192.0.2.2")
    assert [use(TWICE, one) for _ in range(3)] == [True, True, False]
    assert used_up(TWICE, one) and not used_up(TWICE, other)


def test_a_subscribers_ipv6_addresses_count_as_one():
    assert use(TWICE, coming_from("2001:db8::1")) and use(TWICE, coming_from("2001:db8::2"))
    assert not use(TWICE, coming_from("2001:db8::3"))
    assert use(TWICE, coming_from("2001:db8:0:1::1"))


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, "10.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.5"), (4, "10.0.0.1")]
)
def test_only_what_ones_own_proxies_say_is_believed(settings, proxies, address):
    settings.GONGKAI_PROXIES = proxies
    assert address_of(coming_from("10.0.0.1", "1.1.1.1, 203.0.113.5, 198.51.100.7")) == address
