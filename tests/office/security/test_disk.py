"""What an applicant sends never lies on a disk in the clear, and takes no more memory than it may."""

from __future__ import annotations

import pytest
from django.core.files import uploadedfile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.office.vault.models import StoredFile

from ..portal.visiting import FILLED

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ(make_organ, make_person):
    found = make_organ(parent=make_organ(kind="government"), channels=["in_person", "post", "internet"])
    make_person("clerk", found)
    return found


def files(number, megabytes):
    return [SimpleUploadedFile(f"{one}.txt", "证".encode() * (megabytes * 2**20 // 3)) for one in range(number)]


def test_several_files_together_are_not_written_to_disk_before_they_are_encrypted(client, organ, monkeypatch):
    def on_disk(*args, **kwargs):
        raise AssertionError("written in the clear")

    monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", on_disk)
    client.raise_request_exception = True
    answer = client.post(reverse("portal_apply", args=[organ.code]), {**FILLED, "attachments": files(3, 6)})
    assert answer.status_code == 302 and StoredFile.objects.count() == 3


def test_a_file_over_the_limit_is_refused_beside_its_field(client, organ):
    answer = client.post(reverse("portal_apply", args=[organ.code]), {**FILLED, "attachments": files(1, 11)})
    assert answer.status_code == 200 and "10 兆字节" in answer.content.decode() and not StoredFile.objects.exists()


def test_a_form_beyond_all_bounds_is_refused_before_it_is_read(client, organ, settings):
    settings.GONGKAI_FORM_LIMIT = 2**20
    answer = client.post(reverse("portal_apply", args=[organ.code]), {**FILLED, "attachments": files(2, 1)})
    assert answer.status_code == 400 and not StoredFile.objects.exists()
