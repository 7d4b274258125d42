"""The four steps of an import in a real browser: both widths, and with scripts switched off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from foundation.imports.models import Batch
from institutions.models import Institution
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.test_staff import serious_faults
from tests.browser.walking import english_in, sideways
from tests.imports.dirty import ledger, platform

UPLOAD = "/admin/imports/batch/upload/"


def upload(visitor: Visit, name: str, content: bytes) -> None:
    visitor.open(UPLOAD)
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    visitor.page.set_input_files("input[type=file]", files=[file])
    press(visitor.page, "上传表格")


def press(page: Page, text: str) -> None:
    """A button of a form, or a link that looks like one."""
    page.locator(f"#content button:has-text('{text}'), #content a.button:has-text('{text}')").first.click()
    page.wait_for_load_state()


def card(page: Page, text: str):
    return page.locator(".row-card", has_text=text).first


def from_ledger_to_undo(visitor: Visit, look: Callable[[str], None]) -> None:
    """What a clerk does with a bad file: suggestions, a correction, a row left out, confirm, take back."""
    page = visitor.page
    visitor.open(UPLOAD)
    look("upload")
    upload(visitor, "思明区机构台账.xlsx", ledger())
    look("checked")
    press(page, "采纳全部 4 处修改建议")
    look("suggestions")
    press(page, "采纳勾选的建议")
    assert "还有 5 行不合格" in page.content()
    card(page, "校验位不正确").get_by_label("这一行不导入").check()
    card(page, "不能为空").locator("[aria-invalid]").fill("厦门市思明区丁知体育培训中心有限公司")
    card(page, "这一天不存在").locator("[aria-invalid]").fill("2027-02-28")
    press(page, "保存修改并重新校验")
    assert "已保存 3 处修改并重新校验：还有 2 行不合格。" in page.content()
    look("mended")
    batch = page.url.partition("?")[0].removeprefix(visitor.address)
    for tab in ("created", "warned", "edited", "skipped"):
        visitor.open(f"{batch}?verdict={tab}")
        look(tab)
    press(page, "确认导入")
    look("confirm")
    press(page, "确认导入")
    assert "导入完成" in page.content()
    look("applied")
    press(page, "撤销本批次")
    look("undo")
    page.fill("textarea", "传错了文件")
    press(page, "撤销本批次")
    assert "新增的 8 家已撤回" in page.content()
    look("undone")


@pytest.mark.turns(2)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_whole_way_is_chinese_fits_and_is_usable_by_everyone(people, visit, size):
    visitor = visit(people.officer, size)
    faults: dict[str, object] = {}

    def look(where: str) -> None:
        if english := english_in(visitor):
            faults[f"{where}: english"] = english
        if (pixels := sideways(visitor)) > 0:
            faults[f"{where}: wide"] = pixels
        if serious := serious_faults(visitor):
            faults[f"{where}: axe"] = serious

    from_ledger_to_undo(visitor, look)
    upload(visitor, "平台导出.csv", platform())
    batch = Batch.objects.latest("pk")
    visitor.open(f"/admin/imports/batch/{batch.pk}/columns/")  # the second time, the bureau's choice is known
    look("columns")
    visitor.page.get_by_label("十八位").select_option("credit_code")
    visitor.page.get_by_label("哪一种").select_option("category")
    press(visitor.page, "保存并校验")
    look("mapped")
    press(visitor.page, "放弃这个文件")
    press(visitor.page, "放弃这个文件")
    look("discarded")
    assert faults == {}
    assert visitor.complaints == []


def test_nothing_needs_a_script(people, visit):
    visitor = visit(people.officer, script=False)
    from_ledger_to_undo(visitor, lambda where: None)
    batch = Batch.objects.latest("pk")
    assert (batch.state, batch.undo_reason) == ("undone", "传错了文件")
    assert Institution.objects.filter(withdrawn_at__isnull=True, name__contains="知体育").count() == 0


def test_a_field_says_what_is_wrong_with_it_to_those_who_do_not_see(people, visit):
    visitor = visit(people.officer)
    upload(visitor, "台账.xlsx", ledger())
    field = card(visitor.page, "这一天不存在").get_by_label("有效期至")
    described = field.get_attribute("aria-describedby")
    assert visitor.page.locator(f"#{described}").inner_text() == "这一天不存在，请核对。"
    press(visitor.page, "保存修改并重新校验")
    focused = visitor.page.evaluate("document.activeElement.innerText")
    assert "没有改动任何内容" in focused
