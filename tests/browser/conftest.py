"""A browser, the site, and signing in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest

from .seeing import Reader
from .site import Site, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if CHROMIUM is None:
        pytest.skip("没有安装 Chromium（apt-get install chromium），浏览器中的测试跳过")
    with running(tmp_path_factory.mktemp("site")) as one:
        yield one


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[object]:
    """One browser a file: while it is open, its event loop runs in this process, where Django then refuses its database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield one
        one.close()


@pytest.fixture
def reader(site: Site, browser: object) -> Iterator[Callable[..., Reader]]:
    """``reader()`` is somebody of the public, ``reader("qfb-jingban")`` a member of staff who has signed in.

    ``width``: of the window; ``scripts``: whether JavaScript runs. At the end, nothing that was seen may have been faulty.
    """
    opened: list[Reader] = []

    def make(login: str = "", *, width: int = 1280, scripts: bool = True) -> Reader:
        one = Reader(browser, site, width=width, scripts=scripts)
        opened.append(one)
        if login:
            one.sign_in(login)
        return one

    yield make
    for one in opened:
        one.close()
    assert [fault for one in opened for fault in one.faults] == []
