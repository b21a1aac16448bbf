"""Personal values and files, encrypted at rest. An event of a case holds only the salted digest of what lies here."""

from __future__ import annotations

import uuid

from django.db import models

from .fields import EncryptedField


class Secret(models.Model):
    """A personal value (个人信息). ``index``: keyed digest of the folded value, by which equal values are found without reading any.

    ``salt`` and ``digest``: what the event's hash covers, so that a changed value shows and an erased one does not break the
    chain. ``erased_at``: the value is gone, the digest stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    field = models.CharField(max_length=40)
    ciphertext = EncryptedField(null=True)
    salt = models.BinaryField(max_length=16)
    digest = models.CharField(max_length=64)
    index = models.CharField(max_length=64, db_index=True)
    erased_at = models.DateTimeField(null=True)


class StoredFile(models.Model):
    """A file whose content was checked before it was taken. ``key``: its name on disk, where it lies encrypted."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField("保存时间")
    erased_at = models.DateTimeField(null=True)
