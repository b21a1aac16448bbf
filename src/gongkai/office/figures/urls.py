"""Addresses of the statistics, in the back office under ``figures/``."""

from __future__ import annotations

from ..access.guard import READ as READ_METHODS
from ..access.guard import guarded
from ..access.needs import Need, the_organ
from . import balance_views, views

READ = Need("figures.read", views.FIGURE_READERS, the_organ)
ANY = Need("figures.any", views.FIGURE_READERS)

office_patterns = [
    guarded("", views.start, name="figures_start", need=ANY),
    guarded("choose/", views.choose, name="figures_choose", need=ANY),
    guarded(
        "<str:organ>/balances/",
        balance_views.balances_start,
        name="figures_balances_start",
        need=READ,
        methods=READ_METHODS,
    ),
    guarded("<str:organ>/balances/<int:year>/", balance_views.balances, name="figures_balances", need=READ),
    guarded(
        "<str:organ>/balances/<int:year>/<int:pk>/",
        balance_views.balances_entry,
        name="figures_balances_entry",
        need=READ,
        methods=READ_METHODS,
    ),
    guarded("<str:organ>/<str:period>/", views.tables, name="figures_tables", need=READ),
    guarded("<str:organ>/<str:period>/behind/<str:key>/", views.behind, name="figures_behind", need=READ),
    guarded("<str:organ>/<str:period>/file/<str:ending>/", views.file, name="figures_file", need=READ),
]
