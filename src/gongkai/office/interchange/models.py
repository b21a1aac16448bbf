"""What imports leave behind: the runs with their reports, what an office said about its spreadsheets, and which row became what."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ..cases.models import Case
from ..organs.models import Organ
from ..remedies.models import Remedy
from ..vault.fields import EncryptedField


class LedgerAnswers(models.Model):
    """用语对照: what an organ answered about the sheets, heads and words of its spreadsheets (`gongkai.ledger.LedgerMapping`)."""

    organ = models.OneToOneField(Organ, models.CASCADE, related_name="ledger_answers")
    mapping = models.TextField("对照", default="{}", help_text="gongkai.ledger.dump_mapping 的文本。")

    def __str__(self) -> str:
        return f"{self.organ}的用语对照"


class ImportRun(models.Model):
    """导入: one file that was sent for import. ``content``: the file, encrypted, until the import is done or dropped.

    ``report``: what became of each row, or will: a list of `planning.Line` as objects. ``channel``: the channel of
    applications of which the file names none. ``written``: rows that were written so far; ``moved_at``: when it was last heard of.
    ``trouble``: why the file could not be read, where that was found out afterwards.
    """

    class State(models.TextChoices):
        READING = "reading", "正在核对"
        PLANNED = "planned", "待确认"
        RUNNING = "running", "正在导入"
        STOPPED = "stopped", "已中断"
        DONE = "done", "已完成"
        DROPPED = "dropped", "已放弃"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="import_runs", verbose_name="机关")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    content = EncryptedField(null=True, at_once=1)
    channel = models.CharField("渠道", max_length=20)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    report = models.JSONField(default=list)
    trouble = models.TextField(blank=True)
    to_write = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    started_at = models.DateTimeField("上传时间")
    moved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


class ImportedRow(models.Model):
    """A row of a ledger that became a case or a remedy. ``identity``: by what the row is known again, unique in its organ."""

    organ = models.ForeignKey(Organ, models.PROTECT)
    register = models.CharField(max_length=20)
    identity = models.CharField(max_length=120)
    number = models.CharField(max_length=120, blank=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="imported_row")
    remedy = models.OneToOneField(Remedy, models.CASCADE, null=True, related_name="imported_row")
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="rows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("organ", "register", "identity"), name="imported_row_once")]

    def __str__(self) -> str:
        return self.number or self.identity
