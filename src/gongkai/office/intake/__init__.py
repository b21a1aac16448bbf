"""外来报告: annual reports that organs send as files, read by the core and confirmed cell by cell where that is doubtful."""
