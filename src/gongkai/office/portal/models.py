"""Drafts: what a visitor has typed and not sent yet, encrypted, found again by a cookie."""

from __future__ import annotations

from django.db import models

from ..vault.fields import EncryptedField
from ..vault.models import StoredFile


class Draft(models.Model):
    """``token``: keyed digest of the cookie's value; ``about``: which form it is of; ``ciphertext``: the typed values, and
    after sending the receipt. ``expires_at``: when it is erased."""

    token = models.CharField(max_length=64)
    about = models.CharField(max_length=120)
    ciphertext = EncryptedField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "未提交的表单"
        constraints = [models.UniqueConstraint(fields=("token", "about"), name="draft_once")]

    def __str__(self) -> str:
        return self.about


class DraftFile(models.Model):
    """A file that was uploaded with a draft: ``field`` of the form."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    field = models.CharField(max_length=40)
    file = models.OneToOneField(StoredFile, models.PROTECT)

    class Meta:
        ordering = ("pk",)
