"""Who may do what to organs, people and roles, and the note of it in the audit log.

``by`` is the person who acts. None stands for the installation itself: the first organ and its administrators, the
demonstration, an import from the command line; it is not checked, and logged without a person.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from wagtail.log_actions import log

from .logged import detail
from .models import Organ, Person
from .queries import roles_in


def require(by: Person | None, role: str, organ: Organ, day: date) -> None:
    """Raise PermissionDenied unless the person holds the role in the organ on ``day``, there or from a government above."""
    if by is not None and not (by.is_active and role in roles_in(by, organ, day)):
        raise PermissionDenied


def note(instance: Model, action: str, by: Person | None, organ: Organ, **data: Any) -> None:
    """Write an action into the audit log, with the organ in which its audit administrators find it. ``data``: what
    changed; each of its keys has words in `logged`, or it raises LookupError.
    """
    if unknown := [key for key in data if detail(action, key) is None]:
        raise LookupError(f"{action}: no words for {unknown}")
    log(instance, action, user=by, data={"organ": organ.code, **data})
