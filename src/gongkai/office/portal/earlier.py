"""What an applicant is shown before sending: their own equal application, and answers that disclosed the like already.

Nothing of another applicant is shown: only that the like was disclosed, and when.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..cases.models import Case
from ..cases.projections import applicant_index_of, content_index
from ..organs.models import Organ

_DISCLOSED = ("disclosed", "partly_disclosed")
_LOOKED_AT = 500
"""Of the organ's answers the newest so many are compared."""

_ALIKE = 0.6
"""Share of pairs of signs that two descriptions have in common to count as alike."""

_LISTED = 3


@dataclass(frozen=True, slots=True)
class Earlier:
    """``own``: dates of the applicant's own equal applications, and whether each was answered; ``disclosed``: days on which
    the organ disclosed the same or the like to others."""

    own: tuple[tuple[date, bool], ...] = ()
    disclosed: tuple[date, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.own or self.disclosed)


def earlier(organ: Organ, description: str, personal: Mapping[str, str]) -> Earlier:
    """What the organ's record holds that is like this application."""
    who, what = applicant_index_of(personal), content_index(description)
    cases = Case.objects.filter(handled_by=organ, matter="application")
    own = cases.filter(applicant_index=who, content_index=what).exclude(submitted_on=None) if who and what else ()
    told = cases.filter(outcome__in=_DISCLOSED).exclude(decided_on=None).order_by("-decided_on", "-pk")
    if who:
        told = told.exclude(applicant_index=who)
    pairs = _pairs(description)
    alike = [
        day
        for found, index, day in told.values_list("description", "content_index", "decided_on")[:_LOOKED_AT]
        if (index and index == what) or _share(pairs, _pairs(found)) >= _ALIKE
    ]
    return Earlier(
        own=tuple((case.submitted_on, case.decided_on is not None) for case in own[:_LISTED]),
        disclosed=tuple(dict.fromkeys(alike))[:_LISTED],
    )


def _pairs(text: str) -> frozenset[str]:
    signs = "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
    return frozenset(signs[place : place + 2] for place in range(len(signs) - 1))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
