"""The app, listed before Wagtail's so that its templates come first."""

from django.apps import AppConfig


class AdminSiteConfig(AppConfig):
    """Changes no model; mends at start what Wagtail offers no setting for."""

    name = "gongkai.office.admin_site"
    label = "admin_site"
    verbose_name = "办公后台"

    def ready(self) -> None:
        from .mending import mend

        mend()
