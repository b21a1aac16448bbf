"""Hypothesis tries the same examples in every run, so that a run tells of the change and not of chance.

``HYPOTHESIS_PROFILE=explore make test`` looks for new ones.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
