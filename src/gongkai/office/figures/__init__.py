"""The form's tables 三 and 四 as queries (统计)."""
