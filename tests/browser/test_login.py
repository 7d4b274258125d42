"""Logging in with a real browser, at desk and phone width: also without JavaScript, with nothing to complain about."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from foundation.accounts.enums import Role
from foundation.accounts.models import User
from tests.accounts.factories import PASSWORD, one_more_post, with_password
from tests.browser.conftest import DESKTOP, PHONE

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1366", "390"])


@pytest.fixture(scope="module")
def officer(people) -> User:
    user = User.objects.get(pk=people.officer.user_id)
    one_more_post(user, Role.LEGAL_REVIEWER)
    return with_password(user)


def sign_in(visit, username: str, password: str = PASSWORD) -> None:
    visit.open("/accounts/login/")
    visit.page.get_by_label("登录名").fill(username)
    visit.page.get_by_label("密码").fill(password)
    visit.page.get_by_role("button", name="登录").click()


def sound(visit, name: str) -> None:
    """No complaint of the browser, no sideways scrolling, no breach of WCAG A/AA; a picture where one is asked for."""
    page = visit.page
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=options).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    assert visit.complaints == []
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder, f"{name}-{page.viewport_size['width']}.png"), full_page=True)


@SIZES
def test_staff_logs_in_and_out(visit, officer, size):
    here = visit(None, size)
    here.open("/accounts/login/")
    sound(here, "login")
    sign_in(here, officer.username)
    assert here.page.url == f"{here.address}/admin/"
    here.open("/accounts/logout/")
    sound(here, "logout")
    here.page.locator("form button.main").click()
    here.open("/enter/")
    assert here.page.url == f"{here.address}/accounts/login/?next=/enter/"


@SIZES
def test_wrong_password_then_the_lock(visit, officer, size):
    """A name that nobody else uses here: the count is kept for the address, and all tests come from one."""
    here = visit(None, size)
    name = f"nobody-{size[0]}"
    for _ in range(5):
        sign_in(here, name, "wrong-password-1")
        assert here.page.get_by_role("alert").inner_text().strip() == "登录名或密码不正确。"
    sound(here, "login-wrong")
    sign_in(here, name, PASSWORD)
    assert here.page.get_by_role("alert").inner_text().strip() == "登录失败次数过多，请15分钟后再试。"
    sound(here, "login-locked")


@SIZES
def test_second_factor_page_shows_the_square_and_the_key(visit, people, officer, size):
    here = visit(people.officer, size)
    here.open("/accounts/2fa/")
    sound(here, "second-factor")
    here.open("/accounts/2fa/totp/activate/")
    if "reauthenticate" in here.page.url:
        sound(here, "reauthenticate")
        here.page.get_by_label("密码").fill(PASSWORD)
        here.page.get_by_role("button", name="确认").click()
    square = here.page.get_by_alt_text("设置动态验证码的二维码")
    assert square.bounding_box()["width"] == 196
    assert square.evaluate("image => image.complete && image.naturalWidth > 0")
    assert len(here.page.locator(".secret code").inner_text()) == 32
    sound(here, "second-factor-set-up")
    here.page.get_by_label("动态验证码").fill("000000")
    here.page.get_by_role("button", name="启用").click()
    assert "验证码不正确" in here.page.get_by_role("alert").inner_text()


@SIZES
def test_password_and_post_pages(visit, people, officer, size):
    here = visit(people.officer, size)
    here.open("/accounts/password/change/")
    sound(here, "password-change")
    here.open("/enter/posts/")
    sound(here, "posts")
    here.page.get_by_role("button", name="切换").click()
    assert here.page.url == f"{here.address}/admin/"
    here.open("/enter/posts/")
    assert "法制审核员" in here.page.locator("li", has_text="当前岗位").inner_text()


def test_login_works_without_javascript(chromium, address, officer):
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.get_by_label("登录名").fill(officer.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    assert page.url == f"{address}/admin/"
    context.close()
