"""Reconsiderations and lawsuits about disclosure (行政复议、行政诉讼), tied to the cases they are about."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from gongkai.law import remedy_kinds, remedy_results
from gongkai.law.calendar import chinese_date

from ..cases.models import Case
from ..organs.models import Organ


def _kinds() -> list[tuple[str, str]]:
    return [(term.code, term.listed) for term in remedy_kinds().terms]


def _results() -> list[tuple[str, str]]:
    return [(term.code, term.listed) for term in remedy_results().terms if term.code != "pending"]


class Remedy(models.Model):
    """One reconsideration or lawsuit. It is pending until ``closed_on``; ``result`` then holds a column of 表四.

    ``begun_on``: the organ received the notice to answer. ``case``: the application, also of an earlier year; ``earlier``:
    its number where it was never in this system. ``joint``: the organ is sued only because it decided the reconsideration:
    the organ that acted counts the case (国办公开办函〔2016〕201号).
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="remedies", verbose_name="机关")
    kind = models.CharField("案件类型", max_length=40, choices=_kinds)
    number = models.CharField("案号", max_length=60, blank=True)
    body = models.CharField("复议机关或者人民法院", max_length=80, blank=True)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="remedies", verbose_name="关联的申请"
    )
    earlier = models.CharField("关联的申请（系统启用以前的）", max_length=60, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="此前的复议"
    )
    begun_on = models.DateField("收到答复通知或者应诉通知的日期")
    summary = models.BooleanField("适用简易程序", default=False)
    answered_on = models.DateField("提交答复书、答辩状的日期", null=True, blank=True)
    closed_on = models.DateField("审结日期", null=True, blank=True)
    result = models.CharField("审理结果", max_length=20, choices=_results, blank=True)
    joint = models.BooleanField(
        "仅因复议成为共同被告",
        default=False,
        help_text="由原行为机关计数，本机关不计入表四（国办公开办函〔2016〕201号）。",
    )
    remark = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "复议诉讼案件"
        ordering = ("-begun_on", "-pk")
        indexes = [models.Index(fields=("organ", "begun_on", "closed_on"), name="remedy_period")]
        constraints = [
            models.UniqueConstraint(
                fields=("organ", "number"), condition=~models.Q(number=""), name="remedy_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.number or f"{self.get_kind_display()}（{chinese_date(self.begun_on)}收到）"

    def clean(self) -> None:
        wrong = {}
        self.number = "".join(self.number.split())
        if self.number and self.organ_id and self._others().filter(number=self.number).exists():
            wrong["number"] = f"案号“{self.number}”已经登记过，请核对。"
        if self.closed_on and not self.result:
            wrong["result"] = "填了审结日期，请选择审理结果。"
        if self.result and not self.closed_on:
            wrong["closed_on"] = "选了审理结果，请填写审结日期。"
        for field, label in (("answered_on", "提交答复的日期"), ("closed_on", "审结日期")):
            day = getattr(self, field)
            if day and self.begun_on and day < self.begun_on:
                wrong[field] = f"{label}不能早于收到通知的日期。"
        if self.case and self.organ_id and self.organ_id not in (self.case.organ_id, self.case.handled_by_id):
            wrong["case"] = "关联的申请不是本机关的。"
        if self.kind == "litigation_direct" and self.follows:
            wrong["follows"] = "未经复议直接起诉的，没有此前的复议。"
        if self.summary and self.kind != "reconsideration":
            wrong["summary"] = "行政复议才区分普通程序和简易程序。"
        if wrong:
            raise ValidationError(wrong)

    def _others(self) -> models.QuerySet[Remedy]:
        return Remedy.objects.filter(organ_id=self.organ_id).exclude(pk=self.pk)
