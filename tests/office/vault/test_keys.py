import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from gongkai.office.vault import keys


@pytest.fixture
def given_keys(settings):
    def give(*texts):
        settings.GONGKAI_KEYS = list(texts)
        keys.forget()

    yield give
    keys.forget()


def test_a_fresh_key_is_different_every_time_and_accepted(given_keys):
    first, second = keys.new_key(), keys.new_key()
    given_keys(first, second)
    assert first != second
    assert keys.cipher().decrypt(keys.cipher().encrypt("张明".encode())) == "张明".encode()


@pytest.mark.parametrize("text", ["short", base64.urlsafe_b64encode(b"x" * 31).decode(), "不是密钥", "x" * 44])
def test_a_key_that_was_not_copied_whole_is_refused(given_keys, text):
    given_keys(text)
    with pytest.raises(ImproperlyConfigured, match="密钥不完整"):
        keys.cipher()


def test_without_a_setting_a_key_file_is_made_that_only_its_owner_reads(given_keys, settings, tmp_path):
    settings.DATA = tmp_path / "new"
    given_keys()
    sealed = keys.sealed(b"x", "test")
    path = tmp_path / "new" / "keys"
    assert path.stat().st_mode & 0o777 == 0o600
    keys.forget()
    assert keys.sealed(b"x", "test") == sealed


def test_what_was_encrypted_with_an_older_key_can_still_be_read(given_keys):
    old, new = keys.new_key(), keys.new_key()
    given_keys(old)
    written = keys.cipher().encrypt(b"secret")
    given_keys(new, old)
    assert keys.cipher().decrypt(written) == b"secret"


def test_digests_stay_the_same_when_a_key_is_added(given_keys):
    old, new = keys.new_key(), keys.new_key()
    given_keys(old)
    before = keys.sealed(b"message", "case")
    given_keys(new, old)
    assert keys.sealed(b"message", "case") == before


def test_digests_differ_by_key_and_by_purpose(given_keys):
    given_keys(keys.new_key())
    one = keys.sealed(b"message", "case")
    assert keys.sealed(b"message", "register") != one
    given_keys(keys.new_key())
    assert keys.sealed(b"message", "case") != one


def test_the_command_prints_a_key_that_can_be_used(capsys, given_keys):
    call_command("newkey")
    given_keys(capsys.readouterr().out.strip())
    keys.cipher()
