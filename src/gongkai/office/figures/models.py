"""Opening balances (期初数): what was counted before the office began to use this system within a year."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from gongkai.law.calendar import chinese_date

from ..organs.models import Organ


class OpeningEntry(models.Model):
    """What an organ entered once about a year, all figures together. Never changed: a correction is a new entry with a reason.

    ``through``: the day before the system was in use. Cases that were open on that day are registered or imported as
    cases; an entry holds those that were finished, so that nothing is counted twice. ``replaced_at``: when a later entry
    took its place.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="opening_entries", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    through = models.DateField("截止日期", help_text="启用本系统的前一日。")
    source = models.CharField("依据", max_length=120, help_text="例如“2026年纸质台账，张三核对”。")
    reason = models.CharField("更正的原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="填报人"
    )
    entered_at = models.DateTimeField("填报时间")
    replaced_at = models.DateTimeField("被更正的时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "期初数"
        ordering = ("organ", "-year", "-entered_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organ", "year"), condition=Q(replaced_at=None), name="opening_entry_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年期初数（截至{chinese_date(self.through)}）"

    def clean(self) -> None:
        if self.through and self.year and self.through.year != self.year:
            raise ValidationError({"through": f"截止日期应当在{self.year}年内。"})


class OpeningBalance(models.Model):
    """One figure of 表三 or 表四. ``key``: a cell of the form, never a sum; ``number`` is never 0."""

    entry = models.ForeignKey(OpeningEntry, models.CASCADE, related_name="balances")
    key = models.CharField(max_length=80)
    number = models.PositiveIntegerField("件数")

    class Meta:
        ordering = ("entry", "pk")
        constraints = [models.UniqueConstraint(fields=("entry", "key"), name="opening_balance_once")]

    def __str__(self) -> str:
        return str(self.entry)

    @property
    def organ(self) -> Organ:
        """Whose figure it is."""
        return self.entry.organ

    @property
    def source(self) -> str:
        """What it rests on."""
        return self.entry.source
