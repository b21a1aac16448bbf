"""All addresses: the public pages, and the back office under /office/ (Wagtail's, with the office's own screens in it)."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("office/", include(wagtailadmin_urls)),
    path("", include("gongkai.office.portal.urls")),
]
