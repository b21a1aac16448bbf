"""Signing in, and a person's own account, without what this office does not offer."""

from __future__ import annotations

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, ThemeSettingsPanel

from ..portal.limits import address_of


class SignInForm(LoginForm):
    """Without “remember me”: a session of the back office ends when nothing is done, on a shared computer above all."""

    remember = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["password"].label = "密码"


class OwnAccountView(AccountView):
    """Appearance. Not the password, which has a screen that asks for another than the one that was given, and logs it; not the
    name, which stands in signed records; not a picture, which would be an unchecked upload served to anyone; not language and
    time zone, of which there is one; not notices about pages.
    """

    def get_panels(self) -> list[BaseSettingsPanel]:
        return [panel for panel in super().get_panels() if isinstance(panel, OFFERED) or not _is_wagtails(panel)]


OFFERED = (ThemeSettingsPanel,)


def _is_wagtails(panel: BaseSettingsPanel) -> bool:
    return type(panel).__module__.split(".")[0] == "wagtail"


def address(request: HttpRequest) -> str | None:
    """From where somebody signs in, as the failures are counted; None where a local proxy tells no address."""
    found = address_of(request)
    try:
        ipaddress.ip_address(found)
    except ValueError:
        return None
    return found


def locked_out(request: HttpRequest, *arguments: Any) -> HttpResponse:
    """What is answered while signing in is stopped: why, and for how long."""
    context = {
        "failure_limit": settings.AXES_FAILURE_LIMIT,
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
    }
    return render(request, "admin_site/locked_out.html", context, status=settings.AXES_HTTP_RESPONSE_CODE)
