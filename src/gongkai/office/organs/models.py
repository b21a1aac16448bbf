"""Organs, their divisions, the people in them, and the roles they hold, each with the days on which it is true."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from gongkai.law.roles import roles

CODE = RegexValidator(r"^[0-9A-Za-z-]{2,40}$", "代码只能用字母、数字和连字符，2 至 40 个字符。")


class Dated(models.Model):
    """Something that is true from one day to another, both included; without an end it goes on."""

    since = models.DateField("起始日期")
    until = models.DateField("终止日期", null=True, blank=True, help_text="没有终止的留空。")

    class Meta:
        abstract = True

    def clean(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": "终止日期不能早于起始日期。"})

    @staticmethod
    def on(day: date) -> Q:
        """The condition of being true on ``day``."""
        return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


class Organ(Dated):
    """机关. ``parent``: by territory (块块): a department's government, a township's district; ``vertical``: by vertical system (条条).

    ``since`` and ``until``: founded and abolished. ``successor``: who took over its cases when it was merged or abolished.
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government", "人民政府"
        OFFICE = "office", "人民政府办公室（厅）"
        DEPARTMENT = "department", "政府部门"
        TOWNSHIP = "township", "乡镇人民政府、街道办事处"
        INSTITUTION = "institution", "派出机构、法律法规授权的组织"

    code = models.CharField("机关代码", max_length=40, unique=True, validators=[CODE], help_text="统一社会信用代码，或者本地使用的代码。")
    kind = models.CharField("机关类别", max_length=20, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="隶属的人民政府")
    vertical = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="vertical_children", verbose_name="垂直管理的上级机关"
    )
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="承继其职责的机关")
    makes_rules = models.BooleanField("有规章制定权", default=False, help_text="立法法第九十一条、第九十三条。")
    short_code = models.CharField("机关代字", max_length=12, help_text="用于编号，例如“云政公”。")
    number_template = models.CharField("文书编号模板", max_length=60, default="{code}{kind}〔{year}〕{serial}号")
    address = models.CharField("办公地址", max_length=120, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    hours = models.CharField("办公时间", max_length=80, blank=True)
    telephone = models.CharField("联系电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    disclosure_office = models.CharField("政府信息公开工作机构", max_length=60, blank=True)
    channels = models.JSONField("已公告的申请渠道", default=list, blank=True, help_text="当面提交和邮寄不能关闭（国办公开办函〔2017〕19号）。")
    settings = models.JSONField("期限设置", default=dict, blank=True, help_text="条例没有写明、可由本地规定的期限。")
    calendar_region = models.CharField("适用的地方假日", max_length=40, blank=True)
    court = models.CharField("有管辖权的人民法院", max_length=60, blank=True, help_text="写入答复书的救济告知。")

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering = ("code",)

    def __str__(self) -> str:
        from .queries import name_on
        from ..clock import today

        return name_on(self, today())


class OrganName(Dated):
    """机关名称: an organ keeps its records when it is renamed; a document bears the name of its day."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="names", verbose_name="机关")
    name = models.CharField("名称", max_length=80)
    short = models.CharField("简称", max_length=30, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机关名称"
        ordering = ("organ", "since")

    def __str__(self) -> str:
        return self.name


class Division(Dated):
    """内设机构（科室）of an organ. ``key``: stable, used in the events of cases."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="divisions", verbose_name="机关")
    key = models.CharField("代码", max_length=40, validators=[CODE])
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "内设机构"
        ordering = ("organ", "key")
        constraints = [models.UniqueConstraint(fields=("organ", "key"), name="division_key_once")]

    def __str__(self) -> str:
        return self.name


class Person(AbstractUser):
    """A member of staff with an account. What they may do follows from the roles they hold, never from being a superuser."""

    name = models.CharField("姓名", max_length=40)
    telephone = models.CharField("办公电话", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)


class Holding(Dated):
    """任职: a person holds a role for an organ, or for one of its divisions, from one day to another.

    ``substitutes``: the holding this one stands in for (代理); it is then held beside the other, in its own days.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="holdings", verbose_name="人员")
    organ = models.ForeignKey(Organ, models.CASCADE, related_name="holdings", verbose_name="机关")
    division = models.ForeignKey(Division, models.CASCADE, null=True, blank=True, related_name="holdings", verbose_name="内设机构")
    role = models.CharField("角色", max_length=30)
    substitutes = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="substitutions", verbose_name="代理何人")

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("organ", "role", "since")

    def __str__(self) -> str:
        return f"{self.person}：{self.organ}{self.division or ''} {roles()[self.role].label}"

    def clean(self) -> None:
        super().clean()
        if self.role not in roles():
            raise ValidationError({"role": "没有这个角色。"})
        if roles()[self.role].of_division and self.division is None:
            raise ValidationError({"division": "这个角色属于内设机构，请选择内设机构。"})
        if self.division is not None and self.division.organ_id != self.organ_id:
            raise ValidationError({"division": "所选内设机构不属于这个机关。"})
        separated = {"system_admin", "security_admin", "audit_admin"}
        if self.role in separated and self.person_id:
            others = Holding.objects.filter(person=self.person, role__in=separated - {self.role}).exclude(pk=self.pk)
            if others.exists():
                raise ValidationError({"role": "系统管理员、安全管理员、审计管理员应当由不同的人担任。"})


class Leader(Dated):
    """负责人: who signs, by name and office. ``person`` where they have an account."""

    class Kind(models.TextChoices):
        PRINCIPAL = "principal", "主要负责人"
        IN_CHARGE = "in_charge", "分管负责人"
        OFFICE_HEAD = "office_head", "政府信息公开工作机构负责人"

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="leaders", verbose_name="机关")
    kind = models.CharField("职责", max_length=20, choices=Kind.choices)
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("职务", max_length=60, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, verbose_name="系统账号")

    class Meta:
        verbose_name = verbose_name_plural = "负责人"
        ordering = ("organ", "kind", "since")

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"
