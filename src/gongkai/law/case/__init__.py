"""A case (依申请公开案件) as its events: steps, state, clock, lawful next steps, and what 表三 counts of it."""
