"""The annual report of an organ for a year: its versions, the steps taken with it, and the editions that were published."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from gongkai.law.filing import filing_steps, stages

from ..organs.models import Organ

FIRST_YEAR = 2019
"""The first year of which a report may be kept: that of the oldest form."""


def _stages() -> list[tuple[str, str]]:
    return [(one.key, one.label) for one in stages().values()]


class Filing(models.Model):
    """年度报告 of an organ for a year. Everything but ``organ``, ``year`` and ``outside`` follows from its entries.

    ``outside``: the organ sends it as a file and does not work here. ``head`` and ``seal``: end of the chain of entries, as
    with a case. ``stage``, ``newest``, ``approved``, ``public``: projections, written with each entry by `record`.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="filings", verbose_name="机关")
    year = models.PositiveSmallIntegerField(
        "报告年度", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(2100)]
    )
    outside = models.BooleanField("以文件报送", default=False)
    entries_count = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    stage = models.CharField("办理状态", max_length=20, choices=_stages, default="draft")
    newest = models.PositiveIntegerField("最新版本", default=0)
    approved = models.PositiveIntegerField("批准的版本", null=True)
    public = models.PositiveIntegerField("公布的版本", null=True)
    submitted_on = models.DateField("报送日期", null=True)
    accepted_on = models.DateField("审核通过日期", null=True)
    published_on = models.DateField("首次公布日期", null=True)
    touched_at = models.DateTimeField("最后办理时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering = ("-year", "organ")
        constraints = [models.UniqueConstraint(fields=("organ", "year"), name="filing_once")]
        indexes = [models.Index(fields=("year", "stage"), name="filing_year_stage")]

    def __str__(self) -> str:
        return f"{self.organ}{self.year}年度报告"


class FilingVersion(models.Model):
    """One version of the content. ``content``: JSON text as `gongkai.office.filings.content` writes it; never changed, never removed."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本")
    content = models.TextField()

    class Meta:
        ordering = ("filing", "number")
        constraints = [models.UniqueConstraint(fields=("filing", "number"), name="filing_version_once")]

    def __str__(self) -> str:
        return f"{self.filing} 第{self.number}版"


class FilingEntry(models.Model):
    """One thing that was done, as it was recorded: a version saved (``saved``) or a step taken. Never changed, never removed.

    ``version``: the version that was saved, or that the step is about. ``data``: what was written with it; of a version the
    digest of its content and how many errors it was saved with, of a publication the digests of its files.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("filing", "number")
        constraints = [models.UniqueConstraint(fields=("filing", "number"), name="filing_entry_once")]

    def __str__(self) -> str:
        return f"{self.filing} {self.number} {self.kind}"

    @property
    def label(self) -> str:
        """What was done, in Chinese."""
        return "保存" if self.kind == "saved" else filing_steps()[self.kind].done


class PublishedFile(models.Model):
    """A published edition as a file, the very bytes the public gets. ``sha256`` is in the entry of the publication, too."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="files")
    version = models.PositiveIntegerField()
    format = models.CharField(max_length=8)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("filing", "version", "format")
        constraints = [models.UniqueConstraint(fields=("filing", "version", "format"), name="published_file_once")]

    def __str__(self) -> str:
        return f"{self.filing} 第{self.version}版 {self.format}"

    @property
    def content(self) -> bytes:
        """The bytes, whatever type the database gives them as: what was written there by other hands may be text."""
        return self.data.encode() if isinstance(self.data, str) else bytes(self.data)


class TextPrints(models.Model):
    """The shingles (`gongkai.comparing.prints_of`) of a section's text of a version that left the hands of its writers, kept so that
    a whole district's texts are compared fast (内容雷同). Follows from the version; written with the step, or by ``rebuild``.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="prints")
    version = models.PositiveIntegerField()
    section = models.CharField(max_length=40)
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("filing", "version", "section"), name="text_prints_once")]

    def __str__(self) -> str:
        return f"{self.filing} 第{self.version}版 {self.section}"


class Registry(models.Model):
    """年度报告总登记, one for the installation: how many lines there are and with which they end, so that none can be cut off."""

    count = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"年度报告总登记，{self.count}项"


class Registration(models.Model):
    """A line of the registry: that a report was begun, or a step taken with it. ``entry``, ``entry_digest``: which of its entries
    that is. It names the report instead of pointing at it, so that it stays when the report is removed. Never changed, never removed.
    """

    number = models.PositiveIntegerField(unique=True)
    organ = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    entry = models.PositiveIntegerField()
    entry_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("organ", "year", "entry"), name="filing_registered_once")]

    def __str__(self) -> str:
        return f"年度报告总登记第{self.number}项"


class Chase(models.Model):
    """催报 of a report that does not exist yet; once it has been begun, chasing is a step on its own way (`record`)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="chases", verbose_name="机关")
    year = models.PositiveSmallIntegerField(
        "报告年度", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(2100)]
    )
    on = models.DateField("催报日期")
    at = models.DateTimeField("催报时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="催报人")
    text = models.CharField("催报的话", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "催报"
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("year", "organ"), name="chase_year_organ"),)

    def __str__(self) -> str:
        return f"{self.organ}{self.year}年度报告"


class DistrictRules(models.Model):
    """年度报告工作的本地规定: what a government's supervising office has set for its territory.

    ``days``: the district's own dates by key of a step, as month and day of the year after the reported one ("01-20").
    """

    class Acceptance(models.TextChoices):
        BEFORE = "before", "先审核、后公布"
        AFTER = "after", "先公布、后审核"

    organ = models.OneToOneField(Organ, models.PROTECT, related_name="filing_rules", verbose_name="人民政府")
    acceptance = models.CharField(
        "审核与公布的先后", max_length=10, choices=Acceptance.choices, default=Acceptance.AFTER
    )
    days = models.JSONField("本地时间安排", default=dict, blank=True)
    townships = models.BooleanField(
        "乡镇、街道编制年度报告", default=True, help_text="条例第四十九条没有规定乡镇，由本地决定。"
    )
    overview_length = models.PositiveIntegerField(
        "总体情况的字数上限", null=True, blank=True, help_text="没有规定的留空。"
    )
    remind_before = models.PositiveSmallIntegerField("提前几个工作日提醒", default=3)
    basis = models.CharField("依据", max_length=200, blank=True, help_text="作出这些规定的文件。")
    changed_at = models.DateTimeField("修改时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度报告工作的本地规定"

    def __str__(self) -> str:
        return f"{self.organ}年度报告工作的本地规定"
