"""The back office's addresses: Wagtail's, with our views in place of some. Include this instead of ``wagtail.admin.urls``."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from .account import OwnAccountView

urlpatterns = [
    path("account/", never_cache(require_admin_access(OwnAccountView.as_view())), name="wagtailadmin_account"),
    *wagtailadmin_urls.urlpatterns,
]
