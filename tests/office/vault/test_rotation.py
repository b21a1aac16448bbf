from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import BinaryField

from gongkai.office.cases.models import UnsentForm
from gongkai.office.clock import now
from gongkai.office.interchange.models import ImportRun
from gongkai.office.portal.models import Draft
from gongkai.office.vault import files, keys, rotation, secrets
from gongkai.office.vault.fields import EncryptedField
from gongkai.office.vault.models import Secret

from ..builders import make_person

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
    monkeypatch.setattr(Secret._meta.get_field("ciphertext"), "at_once", 2)
    kept = [secrets.keep("applicant_name", name).pk for name in ("甲", "乙", "丙", "丁", "戊")]
    stored = files.store("a.txt", "正文".encode())
    key_list("new", "old")
    rotated = rotation.rotate()
    assert (rotated.values, rotated.files, rotated.lost) == (5, 1, ())
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
    assert rotation.rotate().values == 1
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


def test_forms_that_were_not_sent_and_files_that_wait_for_import_are_rotated_too(key_list):
    person = make_person()
    organ = person.holdings.get().organ
    sealed = keys.cipher().encrypt(b"typed")
    UnsentForm.objects.create(person=person, organ=organ, step="registered", content=sealed, saved_at=now())
    Draft.objects.create(token="t", about="a", ciphertext=sealed, updated_at=now(), expires_at=now())
    run = {"organ": organ, "name": "a.xlsx", "sha256": "", "channel": "post", "started_by": person, "started_at": now()}
    ImportRun.objects.create(**run, content=sealed)
    ImportRun.objects.create(**run, content=None)
    key_list("new", "old")
    assert rotation.rotate().values == 3
    key_list("new")
    kept = (
        UnsentForm.objects.get().content,
        Draft.objects.get().ciphertext,
        ImportRun.objects.get(content__isnull=False).content,
    )
    assert [keys.cipher().decrypt(bytes(one)) for one in kept] == [b"typed"] * 3


PLAIN = {
    "Secret.salt",  # says nothing without the digest it went into
    "TextPrints.data",  # hashes of a report's text, which itself is no secret
    "PublishedFile.data",  # a published report: the very bytes everybody may load, made only of an approved version
}
"""What is kept as bytes and needs no key."""


def test_bytes_are_encrypted_wherever_they_are_kept_but_for_salts_and_what_is_of_reports():
    plain = {
        f"{field.model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, BinaryField) and not isinstance(field, EncryptedField)
    }
    assert plain == PLAIN
