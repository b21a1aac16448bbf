"""The steps (办理步骤) a case may take, as ``steps.toml`` lists them, loaded strictly.

A step is what a person may do with a case; done, it is an event of the same key. Its fields are what the screen asks,
what the event holds and what the archive prints, so that a step is described once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

FieldType = Literal[
    "text",  # one line
    "long_text",
    "date",
    "count",  # a whole number, not negative
    "money",  # 元, as a string with two decimals
    "yes_no",
    "choice",  # a code of the list `choices`
    "choices",  # several codes of that list
    "division",  # key of a division (科室) of the organ
    "organ",  # key of an organ
    "person",  # key of a member of staff of the organ
    "event",  # number of an earlier event of this case, e.g. the consultation that is answered
    "cases",  # numbers of other cases of the organ
    "files",  # keys of stored files
]


@dataclass(frozen=True, slots=True)
class StepField:
    """One thing a step asks. ``choices``: name of a list, see `gongkai.law.case.lists`. ``personal``: kept encrypted outside the event.

    ``help``: a sentence under the field. ``required``: the step is refused without it. ``article``: why it is asked.
    """

    key: str
    label: str
    type: FieldType
    required: bool = False
    choices: str = ""
    help: str = ""
    article: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step. ``label``: the button (告知补正); ``done``: the entry in the case's history (已告知补正).

    ``day``: what ``Event.on`` means for this step (发出补正告知书之日). ``roles``: who may take it, codes of ``roles.toml``.
    ``letter``: key of the letter it may send, "" for none. ``mark``: "memory" or "infer" where its rule is not verified.
    ``phase``: heading under which the case page offers it. ``guide``: a sentence on when to take it.
    """

    key: str
    label: str
    done: str
    day: str
    article: str
    phase: Literal["intake", "inquiry", "handling", "drafting", "delivery", "afterwards"]
    roles: tuple[str, ...]
    fields: tuple[StepField, ...] = ()
    letter: str = ""
    mark: Literal["", "memory", "infer"] = ""
    guide: str = ""


@cache
def steps() -> Mapping[str, Step]:
    """All steps by key, in the order of the file. Raises LawError where the file is wrong."""
    raise NotImplementedError
