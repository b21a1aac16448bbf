"""What came as files: a batch, each file in it with what was read, who confirmed what, and the version of a filing it became."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ..filings.models import Filing
from ..organs.models import Organ
from ..vault.models import StoredFile


class Batch(models.Model):
    """一批文件. ``organ``: the government whose office receives them; with ``own`` the organ that brings in its own earlier report.

    ``year``: the year that they should be about. ``moved_at``: when its reading was last heard of. ``remarks``: sentences about
    files that were not kept.
    """

    class State(models.TextChoices):
        READING = "reading", "正在读取"
        READ = "read", "读取完毕"
        CLOSED = "closed", "已结束"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="intake_batches", verbose_name="机关")
    year = models.PositiveSmallIntegerField("报告年度")
    own = models.BooleanField("本机关原有的报告", default=False)
    received_on = models.DateField("收到日期")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.READING)
    remarks = models.JSONField(default=list)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    started_at = models.DateTimeField("上传时间")
    moved_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "接收的文件"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.organ}{self.year}年度报告{'（原有）' if self.own else ''}"


class Received(models.Model):
    """收到的一份文件. ``reading``: what the worker told of it, as text; ``typed``: what a person confirmed or corrected, by cell.

    ``organ``, ``year``: whose report of which year it is to be taken for, None while that is open; ``match``: how the organ was
    found (`matching.HOW`), ``chosen`` where a person said so. ``errors``, ``doubts``: how many the reading and the rules found.
    ``drawn``: places and lines that the pages show beside the images, as text, "" until somebody looked. ``version``: the version
    of the filing it became.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等候读取"
        READ = "read", "已读取"
        UNREAD = "unread", "不能读取"
        TAKEN = "taken", "已接收"
        DROPPED = "dropped", "不接收"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="received")
    number = models.PositiveSmallIntegerField()
    name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    trouble = models.TextField(blank=True)
    reading = models.TextField(blank=True)
    read_organ = models.CharField("文件中的机关", max_length=200, blank=True)
    read_year = models.PositiveSmallIntegerField("文件中的年度", null=True)
    edition = models.CharField("格式", max_length=10, blank=True)
    errors = models.PositiveIntegerField(default=0)
    doubts = models.PositiveIntegerField(default=0)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="received_reports", verbose_name="机关")
    match = models.CharField(max_length=10, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True)
    typed = models.TextField(blank=True)
    drawn = models.TextField(blank=True)
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="received")
    version = models.PositiveIntegerField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "收到的文件"
        ordering = ("batch", "number")
        constraints = [models.UniqueConstraint(fields=("batch", "number"), name="received_number_once")]
        indexes = [models.Index(fields=("filing", "version"), name="received_filing_version")]

    def __str__(self) -> str:
        return self.name


class PageImage(models.Model):
    """A page of a received file as an image, drawn when somebody first looks; ``width``, ``height`` in points."""

    received = models.ForeignKey(Received, models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    width = models.FloatField()
    height = models.FloatField()
    file = models.ForeignKey(StoredFile, models.PROTECT)

    class Meta:
        ordering = ("received", "number")
        constraints = [models.UniqueConstraint(fields=("received", "number"), name="page_image_once")]
