"""Cases (案件) and their events. The events are the record; every other column is a projection of them.

Nothing here is written but by `cases.record`, in one transaction with the event that changes it; `rebuild` writes the
projections anew from the events.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.law.calendar import LocalHoliday, parse_local

from ..organs.models import Division, Organ
from ..vault.fields import EncryptedField
from ..vault.models import Secret, StoredFile


class Register(models.Model):
    """登记簿: how many cases an organ has registered in a year. ``seal`` shows a case that was taken out of the row."""

    organ = models.ForeignKey(Organ, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("organ", "year"), name="register_once")]


class LetterSeries(models.Model):
    """文书编号: the last serial number an organ gave in a year to letters of a kind."""

    organ = models.ForeignKey(Organ, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("organ", "year", "kind"), name="letter_series_once")]


class Case(models.Model):
    """An application or a request for rectification. ``organ``: the one that registered it; ``number``: 2026-0001, unique there.

    ``handled_by``: the organ that handles it, another than ``organ`` since it was transferred (see `cases.handling`).

    ``events_count``, ``head``, ``seal``: length and end of the chain, and a keyed digest of both: a chain that was cut off shows.
    ``query_code``: keyed digest of the code by which the applicant looks the case up.
    ``due``, ``stopped_until``, ``days_left``: while the clock runs, ``due`` is the day the answer is due. While it stands still,
    ``days_left`` are the working days that remain; where the last day of the stop is known, it is ``stopped_until``, and
    ``due`` the day on which those working days will have passed after it. ``waiting_until``: while a correction or payment is
    awaited, the day by which it should come.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="cases", verbose_name="机关")
    number = models.CharField("登记编号", max_length=20)
    query_code = models.CharField(max_length=64, blank=True)
    events_count = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    # projections
    handled_by = models.ForeignKey(  # found by the indexes below, which all begin with it
        Organ, models.PROTECT, related_name="handled_cases", db_index=False, verbose_name="办理机关"
    )
    status = models.CharField("状态", max_length=30)
    matter = models.CharField("事项", max_length=20)
    channel = models.CharField("渠道", max_length=20, blank=True)
    applicant_kind = models.CharField("申请人类型", max_length=30, blank=True)
    description = models.TextField("申请内容", blank=True)
    submitted_on = models.DateField("提交日期", null=True)
    received_on = models.DateField("收到日期", null=True)
    outcome = models.CharField("办理结果", max_length=40, blank=True)
    decided_on = models.DateField("处理决定日期", null=True)
    answered_on = models.DateField("答复日期", null=True)
    delivered_on = models.DateField("送达日期", null=True)
    closed_on = models.DateField("办结日期", null=True)
    counted = models.BooleanField("计入统计", default=True)
    original_due = models.DateField("原答复期限", null=True)
    due = models.DateField("答复期限", null=True)
    stopped_until = models.DateField("停止计算的最后一日", null=True)
    days_left = models.SmallIntegerField("停止时剩余工作日数", null=True)
    waiting_until = models.DateField("等待申请人的期限", null=True)
    provisional = models.BooleanField("期限暂定", default=False)
    review_stage = models.CharField("待审核环节", max_length=40, blank=True)
    assigned = models.ManyToManyField(Division, related_name="cases", blank=True, verbose_name="承办科室")
    applicant_index = models.CharField(
        "申请人索引", max_length=64, blank=True
    )  # finds an applicant's other cases in this organ
    content_index = models.CharField("内容索引", max_length=64, blank=True)  # finds equal descriptions

    class Meta:
        verbose_name = verbose_name_plural = "案件"
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint(fields=("organ", "number"), name="case_number_once")]
        indexes = [
            models.Index(
                fields=("handled_by", "status", "due", "stopped_until", "days_left"),
                condition=~Q(status="closed"),
                name="case_inbox",
            ),
            # all that table 三 counts by, so that a year is counted from the index alone
            models.Index(
                fields=("handled_by", "received_on", "decided_on", "applicant_kind", "outcome", "counted"),
                name="case_received",
            ),
            models.Index(fields=("handled_by", "decided_on", "outcome", "applicant_kind"), name="case_decided"),
            models.Index(fields=("handled_by", "applicant_index"), name="case_applicant"),
            models.Index(fields=("handled_by", "content_index"), name="case_content"),
            models.Index(fields=("query_code",), name="case_query_code"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def reference(self) -> str:
        """What tells it from all cases that its organ handles: the number, with the code of the organ that registered another's."""
        return self.number if self.handled_by_id == self.organ_id else f"{self.organ.code}/{self.number}"


class CaseEvent(models.Model):
    """An event as it was recorded (`gongkai.law.case.event.Event`). ``at``: when; ``previous`` and ``digest``: its links in the chain.

    Never changed and never removed: the table has triggers against both, and the chain shows where somebody got round them.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    on = models.DateField()
    data = models.JSONField(default=dict)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("case", "number")
        constraints = [models.UniqueConstraint(fields=("case", "number"), name="event_number_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.number} {self.kind}"


class EventSecret(models.Model):
    """A personal value that an event speaks of: the event's data hold its digest under ``personal``, the vault its value."""

    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="secrets")
    secret = models.OneToOneField(Secret, models.PROTECT)

    class Meta:
        ordering = ("pk",)


class EventFile(models.Model):
    """A file that an event speaks of; its digest is in the event's data."""

    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    field = models.CharField(max_length=40)

    class Meta:
        ordering = ("pk",)


class LoadedNotice(models.Model):
    """放假安排: a State Council notice on a year's holidays that was loaded after the program was made. The latest of a year holds."""

    year = models.PositiveSmallIntegerField("年份")
    text = models.TextField("内容", help_text="与程序所带放假安排相同的 TOML 格式。")
    source = models.CharField("来源", max_length=300)
    loaded_at = models.DateTimeField("载入时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="载入人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "放假安排"
        ordering = ("loaded_at", "pk")

    def __str__(self) -> str:
        return f"{self.year}年放假安排"


class LocalHolidays(models.Model):
    """地方放假: a local holiday laid over the national calendar for an organ and all below it by territory, until it is withdrawn."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="local_holidays", verbose_name="机关")
    text = models.TextField("内容", help_text="TOML 格式：name、basis、days，以及 worked。")
    loaded_at = models.DateTimeField("登记时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    withdrawn_at = models.DateTimeField("撤销时间", null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="撤销人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "地方放假"
        ordering = ("loaded_at", "pk")

    def __str__(self) -> str:
        return self.holiday.name

    @property
    def holiday(self) -> LocalHoliday:
        """What was entered."""
        return parse_local(self.text)


class UnsentForm(models.Model):
    """未提交的表单: what a person had typed into a step's form when they put it aside or their session ended.

    ``case``: number of the case, "" for a registration. ``content``: what was typed, encrypted: it holds personal values.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organ = models.ForeignKey(Organ, models.CASCADE)
    case = models.CharField(max_length=20, blank=True)
    step = models.CharField(max_length=40)
    content = EncryptedField()
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("person", "organ", "case", "step"), name="unsent_form_once")]


class LetterTemplate(models.Model):
    """文书模板: an organ's own template of a letter (key of `gongkai.letters`). The newest that has begun is used; all are kept."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="letter_templates", verbose_name="机关")
    letter = models.CharField("文书", max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="模板文件")
    since = models.DateField("启用日期")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        ordering = ("organ", "letter", "-since", "-pk")

    def __str__(self) -> str:
        return f"{self.organ}：{self.letter}"
