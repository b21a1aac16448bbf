"""Who supervises: the role held at a government, at its office, or at a department that leads a vertical system."""

from __future__ import annotations

from ..access.needs import Need
from ..filings.needs import the_reporting_organ

SUPERVISOR = frozenset({"supervisor"})
SUPERVISION_READERS = frozenset({"supervisor", "clerk", "office_head", "approver"})
"""Who reads how a district stands: the supervisor, and those who make the government's own report from it."""

ANY = Need("supervision.any", SUPERVISION_READERS)
READ = Need("supervision.read", SUPERVISION_READERS, the_reporting_organ)
"""For a route with ``organ``: the government whose territory it is about."""

WRITE = Need("supervision.write", SUPERVISOR, the_reporting_organ)
