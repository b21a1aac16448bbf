"""年度报告: compiled from the records, written, checked, reviewed, filed and published."""
