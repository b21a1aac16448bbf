"""Who reads and who keeps an organ's registers: those who work on its annual report."""

from __future__ import annotations

from ..access.needs import Need
from ..filings.needs import FILING_READERS, FILING_WRITERS, the_reporting_organ

READ = Need("registers.read", FILING_READERS, the_reporting_organ)
WRITE = Need("registers.write", FILING_WRITERS, the_reporting_organ)
ANY = Need("registers.any", FILING_READERS)
