"""Somebody at a browser: opens pages, fills in forms by their labels, and looks at each page as the checks do.

Every page that is seen is checked: accessibility rules, English words, sideways scrolling, calls to other hosts, errors.
"""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe

from .site import Site

GRAVE = {"serious", "critical"}
"""Impacts of accessibility findings that a page must be free of."""

ASKED = {"resultTypes": ["violations"]}
"""What the accessibility checker tells of in full; telling of what is in order takes longer than checking."""

FOREIGN = re.compile(r"[A-Za-z]{2,}")

KNOWN_WORDS = re.compile(
    r"[\w.+*-]+@[\w.-]+|https?://\S+|gongkai (?:compile|verify)|SHA-256|[a-z]{2,4}-[a-z]{4,10}|jiandu|xitong|anquan|shenji|YLWH|\w*\d\w*"
    r"|PDF|pdf|DOCX?|docx|XLSX?|ODS|OFD|CSV|JSON|HTML|ZIP|JPG|JPEG|PNG|TXT|txt|TOML|Word|Excel|WPS|IP|Ctrl"
)
"""What may stand in Latin letters: file formats, addresses, codes, and the log-ins of the demonstration."""


class Reader:
    """One person with one browser window. ``faults``: what was wrong with the pages seen, each with its address.

    ``acts``: how often the person pressed something, filled in a field or chose an option, and signed in.
    """

    def __init__(self, browser: Any, site: Site, *, width: int, scripts: bool) -> None:
        self.site = site
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="zh-CN", accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.scripts = scripts
        self.faults: list[str] = []
        self.acts = 0
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self._fault(f"script: {error}"))
        self.page.on("console", lambda one: one.type == "error" and self._fault(f"console: {one.text}"))
        self.page.on("response", lambda one: one.status >= 500 and self._fault(f"status {one.status}: {one.url}"))

    def open(self, path: str) -> Reader:
        """Go to an address of the site."""
        self.page.goto(self.site.address + path)
        return self.look()

    def sign_in(self, login: str) -> Reader:
        """Sign in to the back office."""
        self.acts += 3
        self.page.goto(self.site.address + "/office/login/")
        self.page.get_by_label("用户名").fill(login)
        self.page.locator("input[name=password]").fill(self.site.password)
        self.page.locator("button[type=submit], input[type=submit]").first.click()
        self.page.wait_for_url(re.compile(r"/office/(?!login)"))
        return self.look()

    def click(self, name: str, *, exact: bool = True) -> Reader:
        """Press the first visible button or link of this name."""
        self.acts += 1
        found = self.page.get_by_role("button", name=name, exact=exact).or_(
            self.page.get_by_role("link", name=name, exact=exact)
        )
        found.filter(visible=True).first.click()
        self.page.wait_for_load_state("load")
        return self.look()

    def send(self, name: str) -> Reader:
        """Press the button of this name, which must lead away from the form."""
        self.acts += 1
        before = self.page.url
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state("load")
        assert self.page.url != before, self.page.locator("main").inner_text()[:500]
        return self.look()

    def fill(self, label: str, value: str) -> Reader:
        """Fill in the field of this label; the words may be the beginning of it."""
        self.acts += 1
        self.page.get_by_label(re.compile(rf"^{re.escape(label)}")).first.fill(value)
        return self

    def value(self, label: str) -> str:
        """What the field of this label holds."""
        return str(self.page.get_by_label(re.compile(rf"^{re.escape(label)}")).first.input_value())

    def choose(self, option: str, *, of: str = "") -> Reader:
        """Choose an option by the beginning of its words: in a list, or in a group of options, of this label."""
        self.acts += 1
        label, wanted = re.compile(rf"^{re.escape(of)}"), re.compile(rf"^\s*{re.escape(option)}")
        lists = self.page.locator("select").and_(self.page.get_by_label(label)) if of else None
        if lists is not None and lists.count():
            shown = [one for one in lists.first.locator("option").all_inner_texts() if wanted.match(one.strip())]
            lists.first.select_option(label=shown[0])
            return self
        scope = self.page.get_by_role("group", name=label).first if of else self.page
        scope.get_by_label(wanted).first.check()
        return self

    @property
    def text(self) -> str:
        """What the page shows."""
        return str(self.page.locator("body").inner_text())

    def look(self) -> Reader:
        """Check the page that is shown now."""
        if "text/html" not in str(self.page.evaluate("document.contentType")):
            return self
        if self.scripts:
            for one in Axe().run(self.page, options=ASKED).response["violations"]:
                if one["impact"] in GRAVE:
                    self._fault(f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:3]}")
        seen = FOREIGN.findall(KNOWN_WORDS.sub("", self.text))
        if seen:
            self._fault(f"not Chinese: {sorted(set(seen))[:10]}")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 1:
            self._fault(f"scrolls {wide} px sideways")
        return self

    def close(self) -> None:
        self.context.close()

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.site.address, "data:", "blob:")):
            self._fault(f"asks another host: {request.url}")

    def _fault(self, what: str) -> None:
        self.faults.append(
            f"{self.page.url.removeprefix(self.site.address)} ({self.page.viewport_size['width']} px): {what}"
        )
