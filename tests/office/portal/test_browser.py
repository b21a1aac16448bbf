"""The public pages in a real browser: without scripts, on a desk and on a phone, and held against WCAG by axe."""

from __future__ import annotations

import shutil

import pytest
from django.urls import reverse

from gongkai.office.cases.models import Case

from .visiting import CARD

playwright = pytest.importorskip("playwright.sync_api")
axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDTHS = {"desk": 1280, "phone": 390}

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--lang=zh-CN"])
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True, scope="module")
def _beside_the_browsers_loop():
    """The browser keeps an event loop in this thread; Django need not mind it, also while it tidies up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(params=WIDTHS)
def width(request):
    return WIDTHS[request.param]


def grave(page):
    """Serious and critical violations on the page, in axe's words."""
    found = axe_playwright.Axe().run(page).response["violations"]
    return [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def stays_in(page):
    """Whether the page needs no scrolling sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_no_page_has_a_serious_violation_or_scrolls_sideways(browser, live_server, organ, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)  # axe is a script
    page = context.new_page()
    plain = ["portal_home", "portal_privacy", "portal_guides", "portal_apply_choose", "portal_status", "portal_check"]
    addresses = [reverse(name) for name in plain]
    addresses += [reverse(name, args=[organ.code]) for name in ("portal_guide", "portal_apply", "portal_rectify")]
    for address in addresses:
        page.goto(live_server.url + address)
        assert grave(page) == [], address
        assert stays_in(page), address
    page.goto(live_server.url + reverse("portal_apply", args=[organ.code]))
    page.get_by_role("button", name="下一步：核对").click()
    assert grave(page) == [] and stays_in(page)
    page.goto(live_server.url + reverse("portal_status"))
    page.get_by_role("button", name="查询").click()
    assert grave(page) == [] and stays_in(page)
    context.close()


def test_findings_have_no_serious_violation(browser, live_server, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(live_server.url + reverse("portal_check"))
    page.get_by_role("button", name="用示例试一试").click()
    page.get_by_role("heading", name="核对结果", exact=True).wait_for(timeout=60_000)
    assert grave(page) == [] and stays_in(page)
    page.get_by_role("link", name="石桥区商务局").click()
    assert grave(page) == [] and stays_in(page)
    context.close()


def test_an_application_is_made_looked_up_and_withdrawn_without_scripts(browser, live_server, organ):
    context = browser.new_context(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(live_server.url)
    page.get_by_role("link", name="网上申请").first.click()
    page.get_by_label("机关名称").fill("住房")
    page.get_by_role("button", name="按名称查找").click()
    page.get_by_role("link", name="云岭市云溪区住房和城乡建设局").first.click()
    page.get_by_label("自然人").check()
    page.get_by_label("姓名或者名称").fill("张明")
    page.get_by_label("居民身份证").check()
    page.get_by_label("证件号码").first.fill(CARD)
    page.get_by_label("联系电话").first.fill("13800000000")
    page.get_by_label("所需信息的名称").fill("云溪区2025年老旧小区改造项目清单")
    page.get_by_label("电子数据").check()
    page.get_by_label("网上查看、下载").check()
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("button", name="提交", exact=True).click()
    number, code = page.locator(".code").all_inner_texts()
    page.get_by_role("link", name="查询进度").first.click()
    page.get_by_label("登记编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    page.get_by_role("link", name="撤回申请").click()
    page.get_by_role("button", name="确定撤回").click()
    assert "您已经撤回申请" in page.locator("main").inner_text()
    assert Case.objects.get().status == "closed"
    assert complaints == []
    context.close()
