"""Hypothesis tries the same examples in every run, so that a run tells of the change and not of chance.

``HYPOTHESIS_PROFILE=explore make test`` looks for new ones. ``--today=2027-03-01`` sets the clock, ``--postgresql`` takes
that database for the office's tests.
"""

import os

import pytest
from hypothesis import settings

from .office.environment import travel, use_postgresql

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--today", default=os.environ.get("GONGKAI_TODAY"), metavar="YYYY-MM-DD", help="set the clock")
    parser.addoption("--postgresql", action="store_true", help="run the office's tests on a PostgreSQL of their own")


def pytest_configure(config: pytest.Config) -> None:
    if day := config.getoption("today"):
        travel(config, day)
    if config.getoption("postgresql"):
        use_postgresql(config)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file share what it sets up, so one worker takes them all, save where a file shares itself out; the
    pages in a browser take longest and are begun first.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.location[0]))
    items.sort(key=lambda item: "test_everywhere" not in item.location[0])
