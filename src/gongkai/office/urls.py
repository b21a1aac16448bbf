"""All addresses: the public pages, and the back office under /office/ (Wagtail's, with the office's own screens in it)."""

from django.urls import include, path

urlpatterns = [
    path("office/", include("gongkai.office.admin_site.urls")),
    path("", include("gongkai.office.portal.urls")),
]
