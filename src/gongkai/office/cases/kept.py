"""Uploaded files between two tries: checked and encrypted at once, and carried along in the form as signed tokens.

A form that is shown again because another field is wrong thus keeps its files, and nobody can name a file that is not theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

from ..vault.files import RefusedFileError, store
from ..vault.models import StoredFile

_SALT = "gongkai.cases.kept"
_AGE = 3 * 24 * 3600
"""Seconds for which a token is taken: over a weekend."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What was sent: ``data`` with the tokens of its files, ``refused`` with why a file was not taken, by field."""

    data: QueryDict
    refused: Mapping[str, Sequence[str]]


def kept_name(field: str) -> str:
    """The name under which a form carries the tokens of a field's files."""
    return f"{field}-kept"


def token(stored: StoredFile, person_id: int) -> str:
    """A token by which this person may attach the file."""
    return signing.dumps([str(stored.key), person_id], salt=_SALT)


def kept_file(value: str, person_id: int) -> StoredFile | None:
    """The file of a token; None where the token is another person's, too old or none at all."""
    try:
        key, owner = signing.loads(value, salt=_SALT, max_age=_AGE)
    except signing.BadSignature:
        return None
    return StoredFile.objects.filter(key=key, erased_at=None).first() if owner == person_id else None


def submitted(request: HttpRequest, person_id: int) -> Submission:
    """The form's data with every uploaded file stored and turned into a token."""
    data = request.POST.copy()
    refused: dict[str, list[str]] = {}
    for field in request.FILES:
        for upload in request.FILES.getlist(field):
            try:
                stored = store(upload.name, upload.read())
            except RefusedFileError as error:
                refused.setdefault(field, []).append(str(error))
            else:
                data.appendlist(kept_name(field), token(stored, person_id))
    return Submission(data, refused)


def plain(data: QueryDict, without: Sequence[str] = ("csrfmiddlewaretoken",)) -> dict[str, list[Any]]:
    """The data as JSON holds them."""
    return {key: data.getlist(key) for key in data if key not in without}


def restored(values: Mapping[str, Sequence[str]]) -> QueryDict:
    """Data that `plain` gave, as a form takes them."""
    data = QueryDict(mutable=True)
    for key, items in values.items():
        data.setlist(key, list(items))
    return data
