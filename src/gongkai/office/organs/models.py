"""Organs, their divisions, the people in them, and the roles they hold, each with the days on which it is true."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from gongkai.law.roles import roles

from ..clock import today
from . import invariants
from .invariants import CODE


class Dated(models.Model):
    """Something that is true from one day to another, both included; without an end it goes on."""

    since = models.DateField("起始日期")
    until = models.DateField("终止日期", null=True, blank=True, help_text="没有终止的留空。")

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message="终止日期不能早于起始日期。",
            ),
        )

    def clean(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": "终止日期不能早于起始日期。"})

    @staticmethod
    def on(day: date) -> Q:
        """The condition of being true on ``day``."""
        return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))

    @staticmethod
    def between(first: date, last: date | None) -> Q:
        """The condition of being true on some day from ``first`` to ``last``; None: with no end."""
        begun = Q() if last is None else Q(since__lte=last)
        return begun & (Q(until__isnull=True) | Q(until__gte=first))

    def holds_on(self, day: date) -> bool:
        """Whether it is true on ``day``."""
        return self.since <= day and (self.until is None or self.until >= day)

    def lies_within(self, other: Dated) -> bool:
        """Whether the other is true on all days on which this one is."""
        return self.since >= other.since and (
            other.until is None or (self.until is not None and self.until <= other.until)
        )


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

    code = models.CharField(
        "机关代码", max_length=40, unique=True, validators=[CODE], help_text="统一社会信用代码，或者本地使用的代码。"
    )
    kind = models.CharField("机关类别", max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="隶属的人民政府"
    )
    vertical = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vertical_children",
        verbose_name="垂直管理的上级机关",
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="承继其职责的机关"
    )
    makes_rules = models.BooleanField("有规章制定权", default=False, help_text="立法法第九十一条、第九十三条。")
    short_code = models.CharField(
        "机关代字", max_length=12, help_text="用于文书编号，例如“云政”，不带“公”字：“公”字在文种中，如“公复”。"
    )
    number_template = models.CharField(
        "文书编号模板",
        max_length=60,
        default="{机关代字}{文种}〔{年份}〕{序号}号",
        validators=[invariants.check_template],
        help_text="例如 {机关代字}{文种}〔{年份}〕{序号}号，印出来是“云政公复〔2026〕12号”。"
        "花括号中的字由系统填写，年份和序号不能少，年份用六角括号。",
    )
    address = models.CharField("办公地址", max_length=120, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True, validators=[invariants.POSTCODE])
    hours = models.CharField("办公时间", max_length=80, blank=True)
    telephone = models.CharField("联系电话", max_length=40, blank=True, validators=[invariants.TELEPHONE])
    fax = models.CharField("传真", max_length=40, blank=True, validators=[invariants.TELEPHONE])
    email = models.EmailField("电子邮箱", blank=True, error_messages={"invalid": "电子邮箱的写法不对，请核对。"})
    disclosure_office = models.CharField("政府信息公开工作机构", max_length=60, blank=True)
    channels = models.JSONField(
        "已公告的申请渠道",
        default=invariants.basic_channels,
        blank=True,
        validators=[invariants.check_channels],
        help_text="当面提交和邮寄不能关闭（国办公开办函〔2017〕19号）。",
    )
    settings = models.JSONField(
        "期限设置",
        default=dict,
        blank=True,
        validators=[invariants.check_lengths],
        help_text="条例没有写明、可由本地规定的期限。",
    )
    court = models.CharField("有管辖权的人民法院", max_length=60, blank=True, help_text="写入答复书的救济告知。")

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering = ("code",)
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(until__isnull=False),
                name="only_an_abolished_organ_has_a_successor",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organ_not_below_itself"),
            models.CheckConstraint(condition=~Q(vertical=F("id")), name="organ_not_led_by_itself"),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="organ_not_its_own_successor"),
        )

    def __str__(self) -> str:
        return self.name_on(today())

    def name_on(self, day: date) -> str:
        """Its name on a day: the last that had begun; before the first, the first; its code where it has none yet."""
        names = sorted(self.names.all(), key=lambda one: one.since)
        begun = [one for one in names if one.since <= day]
        return (begun[-1] if begun else names[0]).name if names else self.code

    def clean(self) -> None:
        super().clean()
        invariants.check_line(self, "parent", "隶属关系")
        invariants.check_line(self, "vertical", "垂直管理关系")
        invariants.check_line(self, "successor", "承继关系")
        invariants.check_parent(self)
        invariants.check_successor(self)


class OrganName(Dated):
    """机关名称: an organ keeps its records when it is renamed; a document bears the name of its day."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="names", verbose_name="机关")
    name = models.CharField("名称", max_length=80)
    short = models.CharField("简称", max_length=30, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机关名称"
        ordering = ("organ", "since")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("organ",), condition=Q(until__isnull=True), name="one_name_at_present"),
            models.UniqueConstraint(fields=("organ", "since"), name="one_name_from_a_day"),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        others = OrganName.objects.filter(self.between(self.since, self.until), organ=self.organ).exclude(pk=self.pk)
        if other := others.first():
            raise ValidationError({"since": f"与名称“{other.name}”的日期重叠，同一天只能有一个名称。"})
        twins = OrganName.objects.filter(self.between(self.since, self.until), name=self.name).exclude(organ=self.organ)
        if twin := twins.first():
            raise ValidationError({"name": f"机关 {twin.organ.code} 在这些日期已经使用这个名称。"})


class Division(Dated):
    """内设机构（科室）of an organ. ``key``: stable, used in the events of cases."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="divisions", verbose_name="机关")
    key = models.CharField("代码", max_length=40, validators=[CODE])
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "内设机构"
        ordering = ("organ", "key")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("organ", "key"),
                name="division_key_once",
                violation_error_message="这个代码已经用过，请换一个。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.since < self.organ.since:
            raise ValidationError({"since": "起始日期不能早于所属机关的起始日期。"})
        if not self.lies_within(self.organ):
            raise ValidationError({"until": "终止日期不能晚于所属机关的终止日期。"})
        others = self.organ.divisions.filter(self.between(self.since, self.until), name=self.name).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError({"name": "本机关在这些日期已有同名的内设机构。"})


class Person(AbstractUser):
    """A member of staff with an account. What they may do follows from the roles they hold, never from being a superuser.

    ``organ``: where they work (人事关系所在机关); its security administrators look after the account.
    ``must_change_password``: the password was given by somebody else and serves for signing in once.
    """

    name = models.CharField("姓名", max_length=40)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="所在机关"
    )
    telephone = models.CharField("办公电话", max_length=40, blank=True, validators=[invariants.TELEPHONE])
    must_change_password = models.BooleanField("须修改密码", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ("username",)
        constraints = (models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_is_above_the_roles"),)

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def set_password(self, raw_password: str | None) -> None:
        """A password that the person chose; who sets one for them sets `must_change_password` afterwards."""
        super().set_password(raw_password)
        self.must_change_password = False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Of Wagtail's own permissions a person has one, being let in, and has it while they hold some role."""
        if perm != "wagtailadmin.access_admin" or not self.is_active:
            return False
        return self.holdings.filter(Dated.on(today())).exists()


class Holding(Dated):
    """任职: a person holds a role for an organ, or for one of its divisions, from one day to another.

    ``substitutes``: the holding this one stands in for (代理); it is then held beside the other, in its own days.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings", verbose_name="人员")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="holdings", verbose_name="机关")
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="holdings", verbose_name="内设机构"
    )
    role = models.CharField("角色", max_length=30)
    substitutes = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="substitutions", verbose_name="代理何人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("organ", "role", "since")
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(substitutes__isnull=True) | Q(until__isnull=False), name="a_substitution_has_an_end"
            ),
        )
        indexes = (models.Index(fields=("person", "role"), name="holding_person_role"),)

    def __str__(self) -> str:
        return f"{self.person}：{self.place} {self.label}"

    @property
    def label(self) -> str:
        """The role's Chinese name."""
        return roles()[self.role].label

    @property
    def place(self) -> str:
        """The organ, and the division where the role is held for one."""
        return f"{self.organ}{self.division or ''}"

    def clean(self) -> None:
        super().clean()
        invariants.check_place(self)
        invariants.check_substitution(self)
        invariants.check_held_once(self)
        invariants.check_separation(self)


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
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("organ", "kind"),
                condition=Q(until__isnull=True, kind__in=("principal", "office_head")),
                name="one_leader_of_a_kind_at_present",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"

    def clean(self) -> None:
        super().clean()
        if not self.lies_within(self.organ):
            raise ValidationError({"since": "任职日期超出了机关存续的日期。"})
        if self.kind == self.Kind.IN_CHARGE:
            return  # the work may be divided between several
        others = self.organ.leaders.filter(self.between(self.since, self.until), kind=self.kind).exclude(pk=self.pk)
        if other := others.first():
            raise ValidationError(
                {"since": f"{other.name}在这些日期担任{self.get_kind_display()}，同一时间只能有一位。"}
            )
