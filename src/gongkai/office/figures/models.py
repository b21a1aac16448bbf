"""Opening balances (期初数): what was counted before the office began to use this system within a year."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ..organs.models import Organ


class OpeningBalance(models.Model):
    """One figure of 表三 or 表四 up to the day before the system was in use. ``key``: a cell of the form, never a sum.

    Cases that were open on that day are registered or imported as cases; the balance holds those that were finished, so
    that nothing is counted twice.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="opening_balances", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    through = models.DateField("截止日期", help_text="启用本系统的前一日。")
    key = models.CharField(max_length=80)
    number = models.PositiveIntegerField("件数")
    source = models.CharField("依据", max_length=120, help_text="例如“原台账，张三核对”。")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "期初数"
        ordering = ("organ", "year", "key")
        constraints = [models.UniqueConstraint(fields=("organ", "year", "key"), name="opening_balance_once")]

    def __str__(self) -> str:
        return f"期初数（截至 {self.through}，{self.source}）"
