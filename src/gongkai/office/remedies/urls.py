"""Addresses of reconsiderations and lawsuits, in the back office under ``remedies/``."""

from __future__ import annotations

from ..access.guard import guarded
from ..access.needs import Need, the_organ
from . import views

READ = Need("remedies.read", views.READERS, the_organ)
WRITE = Need("remedies.write", views.WRITERS, the_organ)

office_patterns = [
    guarded("", views.start, name="remedies_start", need=Need("remedies.any", views.READERS)),
    guarded("<str:organ>/", views.listing, name="remedies_list", need=READ),
    guarded("<str:organ>/add/", views.add, name="remedies_add", need=WRITE),
    guarded("<str:organ>/<int:pk>/", views.edit, name="remedies_edit", need=READ),
]
