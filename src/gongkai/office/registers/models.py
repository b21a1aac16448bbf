"""What an office keeps beside its cases for the annual report: documents, counts of decisions, fees, facts of the year.

Nothing that was entered is removed: a mistake is withdrawn with a reason, a correction is a new entry that follows the old one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gongkai.law import decision_kinds, document_kinds
from gongkai.narrative import fact_item, information_kinds, media_kinds
from gongkai.report.report import Number, whole

from ..organs.models import Division, Organ
from ..vault.fields import EncryptedField

MILLIONTHS = 1_000_000
"""Amounts are kept as whole millionths: exact in every database, and added up there without rounding."""


class Entered(models.Model):
    """Something that a person entered. ``ended_at``: when it was withdrawn or another entry took its place; until then it counts."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="填报人"
    )
    entered_at = models.DateTimeField("填报时间", editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="撤回人"
    )
    ended_at = models.DateTimeField("撤回时间", null=True, editable=False)
    ended_reason = models.CharField("撤回或者更正的原因", max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True

    in_force = Q(ended_at__isnull=True)
    """The condition of counting still."""

    def check_typed(self) -> None:
        """Raise ValidationError, by field, for what a person typed and the columns do not take."""
        typed = {field.name for field in self._meta.concrete_fields if field.editable and not field.is_relation}
        self.clean_fields(exclude=[field.name for field in self._meta.concrete_fields if field.name not in typed])


class OfYear(Entered):
    """Something entered for one year's report. ``follows``: the entry that it corrects."""

    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(2008), MaxValueValidator(2100)])
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="更正的填报")

    class Meta:
        abstract = True


class Document(Entered):
    """规章、行政规范性文件. ``identity``: by what the same document is known again, see `documents.identity_of`.

    ``expires_on``: the last day of its validity. ``repealed_by``: a registered document; ``repealed_by_other``: title and
    number of one that is not. ``effective_on`` is told only: what is issued counts from the day of issue.
    """

    kind = models.CharField("类别", max_length=30)
    title = models.CharField("文件名称", max_length=200)
    number = models.CharField("文号", max_length=80, blank=True)
    identity = models.CharField(max_length=320, editable=False)
    issued_on = models.DateField("制发日期")
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    repealed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeals", verbose_name="据以废止的文件"
    )
    repealed_by_other = models.CharField("据以废止的文件（本登记簿没有的）", max_length=200, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规章和规范性文件"
        ordering = ("-issued_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organ", "identity"), condition=Q(ended_at__isnull=True), name="document_once"
            ),
            models.CheckConstraint(
                condition=Q(repealed_on__isnull=True) | Q(repealed_on__gte=F("issued_on")),
                name="document_repealed_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="document_expires_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title

    @staticmethod
    def valid_on(day: date) -> Q:
        """The condition of being in force at the end of a day: issued, not repealed, not expired."""
        repealed = Q(repealed_on__isnull=True) | Q(repealed_on__gt=day)
        return Q(issued_on__lte=day) & repealed & (Q(expires_on__isnull=True) | Q(expires_on__gte=day))

    def is_valid_on(self, day: date) -> bool:
        """The same of this one."""
        repealed = self.repealed_on is not None and self.repealed_on <= day
        return self.issued_on <= day and not repealed and (self.expires_on is None or self.expires_on >= day)

    @property
    def kind_label(self) -> str:
        """What kind of document it is, as the form says."""
        return document_kinds()[self.kind].label

    @property
    def repealing(self) -> str:
        """By what it was repealed, "" where nothing was said."""
        return str(self.repealed_by) if self.repealed_by else self.repealed_by_other


class DocumentChange(models.Model):
    """What was done to a document's entry. ``changes``: field → [before, after], as a reader is told."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="changes")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ("document", "pk")

    def __str__(self) -> str:
        return f"{self.document}：{self.what}"


class Confirmation(OfYear):
    """司法行政部门确认: figures of 表二 on documents that another body checked. ``figures``: cell of the form → number."""

    body = models.CharField("确认的机关", max_length=80)
    confirmed_on = models.DateField("确认日期")
    letter = models.CharField("确认文件或者函件的编号", max_length=120)
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "司法行政部门确认"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("organ", "year"), condition=Q(ended_at__isnull=True), name="confirmation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.body}确认"


class DecisionFigure(OfYear):
    """处理决定数量、行政事业性收费金额 of some months from one source, of one division or of the whole organ.

    ``first``, ``last``: months, both included. ``use``: what it is beside other sources of the same months. ``division_key``
    repeats the division, "" for none, so that a database without equal nulls keeps each figure once.
    """

    class Use(models.TextChoices):
        ONLY = "", "计入"
        ADD = "add", "另计"
        COMPARE = "compare", "只作核对"

    kind = models.CharField("事项", max_length=30)
    source = models.CharField("来源", max_length=40)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办机构"
    )
    division_key = models.CharField(max_length=40, blank=True)
    first = models.PositiveSmallIntegerField("起始月")
    last = models.PositiveSmallIntegerField("截止月")
    use = models.CharField("用途", max_length=10, choices=Use.choices, blank=True)
    millionths = models.BigIntegerField("数量")

    class Meta:
        verbose_name = verbose_name_plural = "处理决定数量和收费"
        ordering = ("year", "kind", "source", "division_key", "first", "last")
        constraints = [
            models.UniqueConstraint(
                fields=("organ", "year", "kind", "source", "division_key", "first", "last"),
                condition=Q(ended_at__isnull=True),
                name="decision_figure_once",
            ),
            models.CheckConstraint(
                condition=Q(first__gte=1) & Q(last__gte=F("first")) & Q(last__lte=12), name="decision_figure_months"
            ),
            models.CheckConstraint(condition=Q(millionths__gte=0), name="decision_figure_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_label} {self.period}"

    @property
    def number(self) -> Number:
        """The figure: 件, or 万元."""
        return exact(self.millionths)

    @property
    def kind_label(self) -> str:
        """Of what it is the number."""
        return decision_kinds()[self.kind].label

    @property
    def period(self) -> str:
        """Its months as they are written."""
        return told_months(self.year, self.first, self.last)

    @property
    def counted(self) -> bool:
        """Whether it goes into 表二."""
        return self.use != self.Use.COMPARE


class FactEntry(OfYear):
    """One entry of a fact of the year: a training, a meeting, a text. ``item``: key of `gongkai.narrative.fact_items`."""

    item = models.CharField(max_length=40)
    millionths = models.BigIntegerField("数量", null=True, blank=True)
    text = models.TextField("内容", blank=True)
    explanation = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度情况"
        ordering = ("year", "item", "pk")

    def __str__(self) -> str:
        return f"{fact_item(self.item).label}：{self.text or self.number}"

    @property
    def number(self) -> Number | None:
        """The figure, None for a text."""
        return None if self.millionths is None else exact(self.millionths)


class MediumEntry(OfYear):
    """What was published through one channel, perhaps of one kind of information."""

    kind = models.CharField("渠道类型", max_length=20)
    name = models.CharField("渠道名称", max_length=60, blank=True)
    information = models.CharField("信息类别", max_length=20, blank=True)
    published = models.PositiveIntegerField("公开信息（条）", null=True, blank=True)
    reads = models.PositiveBigIntegerField("阅读量（次）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开渠道"
        ordering = ("year", "kind", "name", "information", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organ", "year", "kind", "name", "information"),
                condition=Q(ended_at__isnull=True),
                name="medium_once",
            )
        ]

    def __str__(self) -> str:
        told = [
            media_kinds()[self.kind].label,
            self.name,
            information_kinds()[self.information].label if self.information else "",
        ]
        return " ".join(filter(None, told))


class ProblemEntry(OfYear):
    """A problem with what is done about it. ``previous``: it stood in last year's report; ``of``: as it was entered then."""

    previous = models.BooleanField("上年的问题", default=False)
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers", verbose_name="上年登记的问题")
    problem = models.CharField("问题", max_length=300)
    improvement = models.TextField("改进情况", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "问题和改进"
        ordering = ("year", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organ", "year", "previous", "problem"), condition=Q(ended_at__isnull=True), name="problem_once"
            )
        ]

    def __str__(self) -> str:
        return self.problem


class RegisterImport(models.Model):
    """A spreadsheet sent for import into a register. ``content``: the file, encrypted, until it is imported or given up.

    ``options``: what was said when it was sent or asked later. ``report``: what became of each row, or will.
    """

    class Register(models.TextChoices):
        DOCUMENTS = "documents", "规章和规范性文件"
        DECISIONS = "decisions", "处理决定数量和收费"

    class State(models.TextChoices):
        PLANNED = "planned", "待确认"
        DONE = "done", "已导入"
        DROPPED = "dropped", "已放弃"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    register = models.CharField(max_length=10, choices=Register.choices)
    year = models.PositiveSmallIntegerField(null=True)
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    content = EncryptedField(null=True, at_once=1)
    options = models.JSONField(default=dict)
    report = models.JSONField(default=list)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "登记簿的导入"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


def exact(millionths: int) -> Number:
    """The number of so many millionths."""
    return whole(Decimal(millionths) / MILLIONTHS)


def millionths_of(number: Any) -> int:
    """The number in millionths; ValueError where it has more than six places or is no finite number."""
    scaled = Decimal(number) * MILLIONTHS
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise ValueError(f"{number} has more than six places")
    return int(scaled)


def told_months(year: int, first: int, last: int) -> str:
    """Months as they are written: 2026年, 2026年3月, 2026年1—6月."""
    if (first, last) == (1, 12):
        return f"{year}年全年"
    return f"{year}年{first}月" if first == last else f"{year}年{first}—{last}月"
