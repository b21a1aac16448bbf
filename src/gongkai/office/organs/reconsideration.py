"""Who reconsiders an organ's acts (复议机关): the law's table, `gongkai.law.remedy_notice`, asked with the organ's place in the tree."""

from __future__ import annotations

import re
from datetime import date

from gongkai.law.remedy_notice import Who, reconsideration_organs

from .models import Organ
from .queries import ancestors, heirs, name_on

_PROVINCE = re.compile(r"(\w+(省|自治区)|(北京|天津|上海|重庆)市)人民政府")
_JUSTICE = re.compile(r"\w+司法[局厅]")
_STATE = re.compile(r"(中华人民共和国|国家)[^省市县区州盟旗]+(部|委员会|署|局)")

_UNKNOWN: dict[tuple[Who, str], str] = {
    ("superior", "local_government"): "上一级人民政府",
    ("superior", "vertical"): "上一级主管部门",
    ("superior", "justice"): "上一级司法行政部门",
}
"""In place of the name of an organ that is not entered."""


def reconsideration_organs_of(organ: Organ, day: date) -> list[str]:
    """The names, on a day, of the organs to which one may apply for reconsideration of this organ's acts."""
    kind = kind_of(organ, day)
    return [_named(organ, who, kind, day) for who in reconsideration_organs()[kind].who]


def kind_of(organ: Organ, day: date) -> str:
    """The organ's kind in the law's table. That one belongs to the justice department, a province or the state, its name tells."""
    name = name_on(organ, day)
    if organ.kind == Organ.Kind.GOVERNMENT:
        return "province" if organ.parent is None and _PROVINCE.fullmatch(name) else "local_government"
    if organ.kind == Organ.Kind.TOWNSHIP:
        return "local_agency" if name.endswith("街道办事处") else "local_government"
    if _JUSTICE.fullmatch(name):
        return "justice"
    if organ.vertical is not None:
        return "vertical"
    if organ.kind == Organ.Kind.INSTITUTION:
        # what a department under vertical leadership has sent out answers to that system too
        return "vertical" if organ.parent is not None and organ.parent.vertical is not None else "local_authorised"
    return "state_department" if organ.parent is None and _STATE.fullmatch(name) else "local_department"


def _named(organ: Organ, who: Who, kind: str, day: date) -> str:
    if who == "itself":
        return name_on(organ, day)
    if who == "government":
        found = next((one for one in ancestors(organ) if one.kind == Organ.Kind.GOVERNMENT), None)
    elif kind == "local_government":
        found = organ.parent or organ.vertical
    else:
        found = organ.vertical or (organ.parent if kind == "vertical" else None)
    return name_on(heirs(found, day)[-1], day) if found else _UNKNOWN.get((who, kind), "本级人民政府")
