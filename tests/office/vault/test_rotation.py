from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command

from gongkai.office.vault import files, keys, rotation, secrets
from gongkai.office.vault.models import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_list(settings):
    first, second = keys.new_key(), keys.new_key()

    def use(*wanted):
        settings.GONGKAI_KEYS = [{"old": first, "new": second}[name] for name in wanted]
        keys.forget()

    use("old")
    yield use
    keys.forget()


def test_after_rotation_the_newest_key_alone_opens_everything(key_list, monkeypatch):
    monkeypatch.setattr(rotation, "_BATCH", 2)
    kept = [secrets.keep("applicant_name", name).pk for name in ("甲", "乙", "丙", "丁", "戊")]
    stored = files.store("a.txt", "正文".encode())
    key_list("new", "old")
    rotated = rotation.rotate()
    assert (rotated.secrets, rotated.files, rotated.lost) == (5, 1, ())
    key_list("new")
    assert [secrets.reveal(Secret.objects.get(pk=one)) for one in kept] == ["甲", "乙", "丙", "丁", "戊"]
    assert files.content(stored) == "正文".encode()


def test_without_rotation_the_newest_key_alone_opens_nothing_older(key_list):
    kept = secrets.keep("applicant_name", "甲")
    key_list("new")
    with pytest.raises(InvalidToken):
        secrets.reveal(kept)


def test_rotation_leaves_digests_and_erased_values_as_they_are(key_list):
    kept, erased = secrets.keep("applicant_name", "甲"), secrets.keep("applicant_name", "乙")
    secrets.erase(erased.pk)
    key_list("new", "old")
    assert rotation.rotate().secrets == 1
    after = Secret.objects.get(pk=kept.pk)
    assert (after.index, after.digest, bytes(after.salt)) == (kept.index, kept.digest, bytes(kept.salt))
    assert Secret.objects.get(pk=erased.pk).ciphertext is None


def test_a_lost_file_is_reported_and_does_not_stop_the_others(key_list, settings):
    lost, kept = files.store("a.txt", "甲".encode()), files.store("b.txt", "乙".encode())
    next(Path(settings.MEDIA_ROOT).rglob(str(lost.key))).unlink()
    key_list("new", "old")
    with pytest.raises(CommandError, match=str(lost.key)):
        call_command("rotate_keys")
    key_list("new")
    assert files.content(kept) == "乙".encode()
