"""What the screens share: the way through a form, from asking to done, and breadcrumbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ..forms import OfficeForm
from ..models import Organ

Trail = Sequence[tuple[str, str]]


def ask(
    request: HttpRequest,
    form: OfficeForm,
    do: Callable[[dict[str, Any]], str],
    *,
    title: str,
    button: str,
    back: str,
    trail: Trail,
    help: str = "",
) -> HttpResponse:
    """Show a form; once it is filled in rightly, ``do`` it, say what ``do`` returns, and go ``back``.

    What the action refuses stands beside the field, with everything that was typed.
    """
    if form.is_bound and form.is_valid():
        try:
            done = do(form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        except PermissionDenied:
            form.add_error(None, "您的角色不能对所选的机关或者人员这样做，请由有权的管理员办理。")
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "title": title, "button": button, "back": back, "trail": trail, "help": help}
    return render(request, "organs/form.html", context, status=422 if form.errors else 200)


def organ_trail(organ: Organ, day: date) -> list[tuple[str, str]]:
    """The way to an organ's own screens."""
    return [*tree_trail(), (organ.name_on(day), organ_page(organ))]


def tree_trail() -> list[tuple[str, str]]:
    """The way to what hangs below the tree of organs."""
    return [("机关", reverse("organs_tree"))]


def organ_page(organ: Organ) -> str:
    """The address of an organ's page."""
    return reverse("organs_organ", args=[organ.code])
