"""Addresses of the ledger's export and import, in the back office under ``interchange/``."""

from __future__ import annotations

from ..access.guard import READ, WRITE, guarded
from ..access.needs import REGISTRARS, Need, the_organ
from . import views

EXPORT = Need("interchange.export", views.EXPORTERS, the_organ)
IMPORT = Need("interchange.import", REGISTRARS, the_organ)

office_patterns = [
    guarded(
        "", views.start_page, name="interchange_start", need=Need("interchange.any", views.EXPORTERS), methods=READ
    ),
    guarded("<str:organ>/", views.home, name="interchange_home", need=EXPORT, methods=READ),
    guarded("<str:organ>/export/", views.export, name="interchange_export", need=EXPORT, methods=WRITE),
    guarded("<str:organ>/import/", views.upload, name="interchange_upload", need=IMPORT, methods=WRITE),
    guarded("<str:organ>/import/<int:pk>/", views.run_page, name="interchange_run", need=IMPORT, methods=READ),
    guarded(
        "<str:organ>/import/<int:pk>/answers/", views.answers, name="interchange_answers", need=IMPORT, methods=WRITE
    ),
    guarded(
        "<str:organ>/import/<int:pk>/confirm/", views.confirm, name="interchange_confirm", need=IMPORT, methods=WRITE
    ),
    guarded(
        "<str:organ>/import/<int:pk>/abandon/", views.abandon, name="interchange_abandon", need=IMPORT, methods=WRITE
    ),
    guarded("<str:organ>/import/<int:pk>/report/", views.report, name="interchange_report", need=IMPORT, methods=READ),
]
