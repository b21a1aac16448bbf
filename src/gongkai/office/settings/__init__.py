"""Settings: `base` holds what all share; `development`, `production` and `test` what differs."""
