"""Who may call what (权限): every route of the office goes through `guarded`, with a named need."""
