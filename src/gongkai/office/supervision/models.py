"""What supervision records of its own: chasing an organ whose report has not been begun here."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from ..organs.models import Organ


class Chase(models.Model):
    """催报 of a report that does not exist yet; once it has been begun, chasing is a step of its own way (`filings.record`)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="chases", verbose_name="机关")
    year = models.PositiveSmallIntegerField("报告年度", validators=[MinValueValidator(2019), MaxValueValidator(2100)])
    on = models.DateField("催报日期")
    at = models.DateTimeField("催报时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="催报人")
    text = models.CharField("催报的话", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "催报"
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("year", "organ"), name="chase_year_organ"),)

    def __str__(self) -> str:
        return f"{self.organ}{self.year}年度报告催报"
