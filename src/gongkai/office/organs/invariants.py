"""What must always be true of organs, roles and their days, with the sentence that says so.

Each check raises ValidationError at the field that is at fault. Where a database can hold the rule too, the model has a
constraint beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from gongkai.law import LawError, channels
from gongkai.law.roles import roles
from gongkai.law.time_limits import default_rules
from gongkai.letters.numbers import numbering_problems

if TYPE_CHECKING:
    from .models import Holding, Organ

CODE = RegexValidator(r"\A[0-9A-Za-z-]{2,40}\Z", "代码只能用字母、数字和连字符，2 至 40 个字符。")
POSTCODE = RegexValidator(r"\A[0-9]{6}\Z", "邮政编码应当是六位数字。")
TELEPHONE = RegexValidator(r"\A[0-9+() 转、,，；;()（）-]{5,40}\Z", "电话号码只能用数字、括号、连字符，分机前写“转”。")

ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})
"""三员: held by different people, and by nobody who works on cases."""

BASIC_CHANNELS = ("in_person", "post")
"""当面提交、邮寄: open in every organ (国办公开办函〔2017〕19号)."""


def basic_channels() -> list[str]:
    """The channels an organ has before it announced any."""
    return list(BASIC_CHANNELS)


def check_channels(codes: Any) -> None:
    """Channels are codes of the law's list, and the basic ones are among them."""
    if not isinstance(codes, list) or any(code not in channels() for code in codes):
        raise ValidationError("申请渠道中有不认识的一项。")
    for code in BASIC_CHANNELS:
        if code not in codes:
            raise ValidationError(f"{channels()[code].label}是基本渠道，不能关闭（国办公开办函〔2017〕19号）。")


def check_lengths(lengths: Any) -> None:
    """Settings of time limits: only those that the law leaves open, within their bounds."""
    if not isinstance(lengths, dict):
        raise ValidationError("期限设置应当是期限和天数的对照。")
    try:
        default_rules().with_settings(lengths)
    except LawError as error:
        raise ValidationError(str(error)) from error


def check_template(template: str) -> None:
    """A template of letter numbers: known places only, year and serial number among them, so that no number comes twice."""
    if problems := numbering_problems(template):
        raise ValidationError(list(problems))


def check_line(organ: Organ, relation: str, name: str) -> None:
    """Nobody is above, or the successor of, itself, however long the line is."""
    seen, above = set(), getattr(organ, relation)
    while above is not None:
        if organ.pk is not None and above.pk == organ.pk:
            raise ValidationError({relation: f"{name}成了一个圈：所选机关本身在这个机关之下。"})
        if above.pk in seen:
            return
        seen.add(above.pk)
        above = getattr(above, relation)


def check_parent(organ: Organ) -> None:
    """Above by territory stands a government; above an agency (派出机构) may stand the department that sends it."""
    parent = organ.parent
    if parent is None:
        return
    fits = parent.kind in ("government", "township") or organ.kind == "institution"
    if not fits:
        raise ValidationError({"parent": "隶属的应当是一级人民政府；派出机构可以隶属派出它的部门。"})
    if parent.until is not None and parent.until < organ.since:
        raise ValidationError({"parent": "所选人民政府在这个机关设立之前已经撤销。"})
    if organ.until is not None and parent.since > organ.until:
        raise ValidationError({"parent": "所选人民政府在这个机关撤销之后才设立。"})


def check_successor(organ: Organ) -> None:
    """Only an abolished organ has a successor, which exists on the day after."""
    successor = organ.successor
    if successor is None:
        return
    if organ.until is None:
        raise ValidationError({"successor": "机关撤销或者并入其他机关时才有承继的机关。"})
    if successor.since > organ.until and (successor.since - organ.until).days > 1:
        raise ValidationError({"successor": "承继的机关当时还没有设立。"})
    if successor.until is not None and successor.until <= organ.until:
        raise ValidationError({"successor": "承继的机关当时已经撤销。"})


def check_place(holding: Holding) -> None:
    """The role exists, for the organ or a division of it, and within their days."""
    known = roles().get(holding.role)
    if known is None:
        raise ValidationError({"role": "没有这个角色。"})
    if known.of_division and holding.division is None:
        raise ValidationError({"division": f"{known.label}属于内设机构，请选择内设机构。"})
    if holding.division is not None:
        if holding.role in ADMINISTRATORS | {"supervisor"}:
            raise ValidationError({"division": f"{known.label}面向整个机关，不选内设机构。"})
        if holding.division.organ_id != holding.organ_id:
            raise ValidationError({"division": "所选内设机构不属于这个机关。"})
        if not holding.lies_within(holding.division):
            raise ValidationError({"since": "任职日期超出了内设机构存续的日期。"})
    if not holding.lies_within(holding.organ):
        raise ValidationError({"since": "任职日期超出了机关存续的日期。"})


def check_substitution(holding: Holding) -> None:
    """A substitute holds the same role in the same place, for some of its days, and is another person."""
    stood_for = holding.substitutes
    if stood_for is None:
        return
    if stood_for.substitutes_id is not None:
        raise ValidationError({"substitutes": "代理的职务不能再请人代理。"})
    if stood_for.person_id == holding.person_id:
        raise ValidationError({"person": "不能由本人代理本人。"})
    same = (holding.organ_id, holding.division_id, holding.role)
    if (stood_for.organ_id, stood_for.division_id, stood_for.role) != same:
        raise ValidationError({"role": "代理的机关、内设机构和角色应当与被代理人的相同。"})
    if holding.until is None:
        raise ValidationError({"until": "代理要有终止日期。"})
    if not holding.lies_within(stood_for):
        raise ValidationError({"since": "代理的日期超出了被代理人任职的日期。"})


def check_held_once(holding: Holding) -> None:
    """Nobody holds the same role in the same place twice on one day."""
    others = _others_then(holding).filter(organ=holding.organ, division=holding.division, role=holding.role)
    if others.exists():
        raise ValidationError({"role": f"{holding.person}在这些日期已经担任这个角色。"})


def check_separation(holding: Holding) -> None:
    """三员分立: an administrator is no other administrator and works on no case, as long as they are one."""
    others = _others_then(holding)
    if holding.role not in ADMINISTRATORS:
        if clash := others.filter(role__in=ADMINISTRATORS).first():
            raise ValidationError({"role": f"{holding.person}在这些日期是{clash.label}，不能同时办理案件。"})
        return
    if clash := others.exclude(role=holding.role).first():
        if clash.role in ADMINISTRATORS:
            message = (
                f"系统管理员、安全管理员、审计管理员应当由不同的人担任；{holding.person}在这些日期是{clash.label}。"
            )
        else:
            message = f"{holding.person}在这些日期是{clash.label}，办理案件的人不能担任{roles()[holding.role].label}。"
        raise ValidationError({"role": message})


def _others_then(holding: Holding) -> Any:
    """What else the person holds on some day of this holding."""
    held = type(holding).objects.filter(holding.between(holding.since, holding.until), person_id=holding.person_id)
    return held.exclude(pk=holding.pk)
