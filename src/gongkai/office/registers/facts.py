"""年度情况: facts of the year for the text of the report, what was published where, problems and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from gongkai.narrative import FactItem, fact_item, fact_items, information_kinds, media_kinds
from gongkai.report.report import Number

from ..organs.authority import note
from ..organs.models import Organ, Person
from ..organs.queries import is_peoples_government
from .models import FactEntry, MediumEntry, OfYear, ProblemEntry, millionths_of
from .responsible import end, entered, locked, require

CONTACT = {
    "contact_office": "disclosure_office",
    "contact_address": "address",
    "contact_postcode": "postcode",
    "contact_phone": "telephone",
    "contact_email": "email",
}
"""Facts that the organ's own record tells, unless somebody enters them otherwise: key of the fact → field of the organ."""

MOST = 1_000_000_000
LONGEST = 4000
"""The largest figure and the longest text taken."""


def asked_items(organ: Organ, year: int) -> list[FactItem]:
    """The facts of a year that are entered here: those that no other record tells."""
    government = is_peoples_government(organ, date(year, 12, 31))
    return [one for one in fact_items() if one.source == "entered" and (government or not one.government)]


def fact_entries(organ: Organ, year: int) -> QuerySet[FactEntry]:
    """The entries of a year that count."""
    return (
        FactEntry.objects.filter(FactEntry.in_force, organ=organ, year=year).select_related("entered_by").order_by("pk")
    )


@transaction.atomic
def add_fact(
    organ: Organ, year: int, item: str, value: Number | str, explanation: str = "", *, by: Person | None, today: date
) -> FactEntry:
    """Enter a fact: a figure adds to those entered before, a text takes their place. Raises ValidationError (value, explanation)."""
    require(by, organ, today)
    locked(organ)
    about = fact_item(item)
    if about.source != "entered":
        raise ValidationError({"value": "这一项由系统统计，不用填写。"})
    one = FactEntry(organ=organ, year=year, item=item, explanation=explanation.strip())
    if about.type == "text":
        one.text = str(value).strip()
        if not one.text:
            raise ValidationError({"value": "请填写内容。"})
        if len(one.text) > LONGEST:
            raise ValidationError({"value": f"内容最多 {LONGEST} 个字。"})
    else:
        one.millionths = _figure(about, value)
    one.check_typed()
    before = list(fact_entries(organ, year).filter(item=item))
    if any(
        (other.text, other.millionths, other.explanation) == (one.text, one.millionths, one.explanation)
        for other in before
    ):
        raise ValidationError(
            {"explanation": "已有完全相同的一条。如果是另一次，请在说明中写明时间或者名称，以便区别。"}
        )
    if about.type == "text":
        for other in before:
            one.follows = other
            end(other, by, "由新的内容代替")
    entered(one, by, "registers.fact.add", year=year, item=item, value=str(value)[:200])
    return one


@transaction.atomic
def add_medium(
    organ: Organ,
    year: int,
    *,
    kind: str,
    published: int | None,
    by: Person | None,
    today: date,
    name: str = "",
    information: str = "",
    reads: int | None = None,
) -> MediumEntry:
    """Enter what was published through a channel in the year; an earlier entry of the same channel and kind is kept beside it."""
    require(by, organ, today)
    locked(organ)
    if kind not in media_kinds() or (information and information not in information_kinds()):
        raise ValidationError({"kind": "请从列表中选择。"})
    if published is None and reads is None:
        raise ValidationError({"published": "公开条数和阅读量至少填写一项。"})
    one = MediumEntry(
        organ=organ, year=year, kind=kind, name=name.strip(), information=information, published=published, reads=reads
    )
    one.check_typed()
    same = {"kind": kind, "name": one.name, "information": information}
    before = MediumEntry.objects.filter(MediumEntry.in_force, organ=organ, year=year, **same).first()
    if before and (before.published, before.reads) == (published, reads):
        return before
    if before:
        one.follows = before
        end(before, by, "由新的填报代替")
    entered(one, by, "registers.medium.add", year=year, medium=str(one), published=published, reads=reads)
    return one


@transaction.atomic
def add_problem(
    organ: Organ,
    year: int,
    problem: str,
    improvement: str,
    *,
    by: Person | None,
    today: date,
    previous: bool = False,
    of: ProblemEntry | None = None,
) -> ProblemEntry:
    """Enter a problem of the year with its measures, or, with ``previous``, what became of one of last year's report.

    ``of``: last year's entry, whose wording it takes. An earlier entry of the same problem is kept beside the new one.
    """
    require(by, organ, today)
    locked(organ)
    if of is not None and (of.organ_id != organ.pk or of.year != year - 1 or of.previous):
        raise ValidationError({"problem": "这不是本机关上年登记的问题。"})
    one = ProblemEntry(organ=organ, year=year, previous=previous or of is not None, of=of)
    one.problem, one.improvement = (of.problem if of else problem).strip(), improvement.strip()
    if not one.problem:
        raise ValidationError({"problem": "请写明问题。"})
    if one.previous and not one.improvement:
        raise ValidationError({"improvement": "请写明这一年怎样改进、结果如何。"})
    if len(one.improvement) > LONGEST:
        raise ValidationError({"improvement": f"改进情况最多 {LONGEST} 个字。"})
    one.check_typed()
    same = ProblemEntry.objects.filter(ProblemEntry.in_force, organ=organ, year=year, previous=one.previous)
    before = same.filter(problem=one.problem).first() or (same.filter(of=of).first() if of else None)
    if before and before.improvement == one.improvement:
        return before
    if before:
        one.follows = before
        end(before, by, "由新的填报代替")
    entered(one, by, "registers.problem.add", year=year, problem=one.problem, previous=one.previous)
    return one


@transaction.atomic
def withdraw_entry(one: OfYear, *, reason: str, by: Person | None, today: date) -> None:
    """Withdraw an entry of a fact, a channel or a problem; it is kept with the reason, and no longer counts."""
    require(by, one.organ, today)
    locked(one.organ)
    one.refresh_from_db()
    if one.ended_at:
        raise ValidationError("这一条已经更正或者撤回。")
    if not reason.strip():
        raise ValidationError({"reason": "请写明撤回的原因。"})
    end(one, by, reason)
    note(one, "registers.entry.withdraw", by, one.organ, year=one.year, entry=str(one)[:200], reason=reason)


def problems_to_answer(organ: Organ, year: int) -> list[ProblemEntry]:
    """Last year's problems of which it was not said yet what became of them."""
    last = ProblemEntry.objects.filter(ProblemEntry.in_force, organ=organ, year=year - 1, previous=False)
    answered = ProblemEntry.objects.filter(ProblemEntry.in_force, organ=organ, year=year, previous=True)
    told = set(answered.values_list("problem", flat=True))
    given = set(answered.values_list("of", flat=True))
    return [one for one in last if one.pk not in given and one.problem not in told]


def summed(entries: Iterable[tuple[str, int | None, str]]) -> dict[str, int | str]:
    """By item, the sum of its figures in millionths, or its latest text. ``entries``: item, millionths and text of each, in
    the order in which they were made.
    """
    found: dict[str, int | str] = {}
    for item, millionths, text in entries:
        if millionths is None:
            found[item] = text
        else:
            before = found.get(item, 0)
            found[item] = millionths + (before if isinstance(before, int) else 0)
    return found


def _figure(about: FactItem, value: Number | str) -> int:
    if isinstance(value, str) or (isinstance(value, Decimal) and not value.is_finite()) or not 0 <= value <= MOST:
        raise ValidationError({"value": "请填写不小于 0、不超过 10 亿的数字。"})
    if about.type == "count" and value != int(value):
        raise ValidationError({"value": "件数、次数应当是整数。"})
    try:
        return millionths_of(value)
    except ValueError:
        raise ValidationError({"value": "最多写六位小数。"}) from None
