"""What journeys in the browser share: time that goes on, and one person's pages with the forms of its steps."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdfium2
from playwright.sync_api import Locator, Page

from foundation.core import clock, outbox
from foundation.core.actor import Actor
from tests.browser.conftest import Visit, cookie_of
from tests.publicity.factories import nobody_asked


def later(**by: int) -> None:
    """Time goes on, and what was promised is carried out."""
    clock.advance(timedelta(**by))
    outbox.deliver_all(at=clock.now())
    nobody_asked()


def give(form: Locator, name: str, value: object) -> None:
    """Fill one field as a person does, whatever kind it is."""
    field = form.locator(f'[name="{name}"]')
    kind = field.first.evaluate("field => field.type")
    if kind == "file":
        field.set_input_files(value)
    elif kind == "select-one":
        field.select_option(str(value))
    elif isinstance(value, list):
        wanted = {str(one) for one in value}
        for box in field.all():
            box.set_checked(box.get_attribute("value") in wanted)
    elif kind == "checkbox":
        field.set_checked(bool(value))
    elif kind == "radio":
        form.locator(f'[name="{name}"][value="{value}"]').check()
    else:
        field.fill(str(value))


class Desk:
    """One person's pages; each step is taken by its form, and the page must have taken it."""

    def __init__(self, visit: Callable[..., Visit], actor: Actor) -> None:
        self.actor, self.seen = actor, visit(None)
        self.page: Page = self.seen.page
        self.log_in()

    def log_in(self) -> None:
        """A new session: the old one has ended by itself while nobody worked in it."""
        self.page.context.add_cookies([cookie_of(self.actor, self.seen.address)])

    def step(self, row: object, slug: str, **given: object) -> None:
        path = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/"
        assert self.seen.open(path) == 200
        if (more := self.page.locator(".page-head summary")).count():
            more.click()
        self.page.locator(f'.page-head a[href^="{path}{slug}/"]').click(timeout=5_000)
        form = self.page.locator("form.operation")
        for name, value in given.items():
            give(form, name, value)
        with self.page.expect_navigation():
            form.locator("button[type=submit]").click()
        wrong = self.page.locator(".note-bad").all_inner_texts()
        assert (slug, wrong) == (slug, [])
        row.refresh_from_db()

    def read(self, path: str) -> str:
        assert self.seen.open(path) == 200
        return self.page.inner_text("body")

    def pdf(self, document_id: int) -> str:
        """The text of a paper, as the browser downloads it once the worker has drawn it."""
        later(seconds=5)
        assert self.seen.open(f"/admin/documents/document/{document_id}/") == 200
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name="下载 PDF").click()
        content = Path(coming.value.path()).read_bytes()
        if folder := os.environ.get("SCREENSHOTS"):
            (Path(folder) / f"paper-{document_id}.pdf").write_bytes(content)
        pages = pypdfium2.PdfDocument(io.BytesIO(content))
        return re.sub(r"\s+", "", "".join(page.get_textpage().get_text_bounded() for page in pages))


class Desks:
    """Everybody's, opened once."""

    def __init__(self, visit: Callable[..., Visit], people) -> None:
        self.all = [Desk(visit, actor) for actor in (people.officer, people.leader, people.legal)]
        self.officer, self.leader, self.legal = self.all

    def later(self, **by: int) -> None:
        """Everybody comes back to work after some time."""
        later(**by)
        for desk in self.all:
            desk.log_in()

    def complaints(self) -> list[str]:
        return [said for desk in (self.officer, self.leader, self.legal) for said in desk.seen.complaints]


def shot(seen: Visit, name: str) -> None:
    """A picture of the whole page where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        seen.page.screenshot(path=Path(folder) / f"way-{name}.png", full_page=True)
