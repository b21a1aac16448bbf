from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from gongkai.office.admin_site.passwords import KindsOfCharacters

from .conftest import PASSWORD


def _sign_in(username: str, password: str, address: str = "192.0.2.1"):
    return Client().post("/office/login/", {"username": username, "password": password}, REMOTE_ADDR=address)


def _fail(times: int, username: str = "zhang", address: str = "192.0.2.1") -> None:
    for _ in range(times):
        _sign_in(username, "wrong", address)


def test_the_right_password_lets_one_in(clerk) -> None:
    response = _sign_in("zhang", PASSWORD)
    assert (response.status_code, response["Location"]) == (302, "/office/")


def test_a_wrong_password_is_answered_in_chinese(clerk) -> None:
    assert "用户名或者密码不正确，请重新输入。" in _sign_in("zhang", "wrong").content.decode()


def test_four_failures_do_not_stop_signing_in(clerk) -> None:
    _fail(4)
    assert _sign_in("zhang", PASSWORD).status_code == 302


def test_five_failures_stop_even_the_right_password(clerk) -> None:
    _fail(5)
    response = _sign_in("zhang", PASSWORD)
    assert response.status_code == 429
    assert "连续 5 次登录失败，已暂停登录 15 分钟" in response.content.decode()


def test_the_same_account_may_sign_in_from_another_address(clerk) -> None:
    """Or anyone could lock a colleague out."""
    _fail(5)
    assert _sign_in("zhang", PASSWORD, "192.0.2.2").status_code == 302


def test_another_account_may_sign_in_from_the_same_address(clerk) -> None:
    """Or one clerk who mistypes would lock out the whole office."""
    get_user_model().objects.create_user(username="guan", password=PASSWORD)
    _fail(5)
    assert _sign_in("guan", PASSWORD).status_code == 302


def test_after_a_quarter_of_an_hour_one_may_sign_in_again(clerk) -> None:
    _fail(5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert _sign_in("zhang", PASSWORD).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert _sign_in("zhang", PASSWORD).status_code == 302


def test_trying_on_does_not_make_the_wait_longer(clerk) -> None:
    _fail(5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    _fail(3)
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=2))
    assert _sign_in("zhang", PASSWORD).status_code == 302


def test_every_sign_in_and_failure_is_kept(clerk) -> None:
    _fail(2)
    _sign_in("zhang", PASSWORD)
    assert list(AccessLog.objects.values_list("username", "ip_address")) == [("zhang", "192.0.2.1")]
    assert AccessFailureLog.objects.filter(username="zhang", ip_address="192.0.2.1").count() == 2


def test_no_password_is_kept(clerk) -> None:
    Client().post("/office/login/", {"username": "zhang", "password": "geheim-1234"}, REMOTE_ADDR="192.0.2.1")
    assert "geheim" not in str(AccessAttempt.objects.values())


def test_half_an_hour_without_a_request_ends_the_session(clerk) -> None:
    client = Client()
    client.post("/office/login/", {"username": "zhang", "password": PASSWORD})
    assert client.get("/office/").status_code == 200
    assert client.session.get_expiry_age() == 1800
    session = client.session._get_session_from_db()
    assert timedelta(minutes=29) < session.expire_date - timezone.now() <= timedelta(minutes=30)
    session.expire_date = timezone.now() - timedelta(seconds=1)
    session.save()
    assert client.get("/office/").status_code == 302


def test_each_request_begins_the_half_hour_anew(clerk) -> None:
    client = Client()
    client.post("/office/login/", {"username": "zhang", "password": PASSWORD})
    session = client.session._get_session_from_db()
    session.expire_date = timezone.now() + timedelta(minutes=1)
    session.save()
    client.get("/office/")
    assert client.session._get_session_from_db().expire_date > timezone.now() + timedelta(minutes=29)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Ab1-efgh9", "10"),
        ("meihuakaile", "密码只含有字母"),
        ("8204716395", "密码只含有数字"),
        ("zhangwei-88", "用户名"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password, reason, clerk) -> None:
    clerk.username = "zhangwei"
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, clerk)
    assert any(reason in message for message in refusal.value.messages), refusal.value.messages


@pytest.mark.parametrize("password", ["meihua2026kai", "meihua-kaile", "82047-16395", "梅花香自苦寒来2026"])
def test_ten_characters_of_two_kinds_are_enough(password, clerk) -> None:
    validate_password(password, clerk)


def test_more_kinds_than_there_are_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="3 kinds"):
        KindsOfCharacters(at_least=4)


def test_the_first_page_is_closed_until_a_given_password_is_changed(clerk, staff) -> None:
    clerk.must_change_password = True
    clerk.save()
    answer = staff.get("/office/")
    assert (answer.status_code, answer["Location"]) == (302, "/office/organs/password/")
