"""Pages of the books: an institution's entries with what stood after each, and the sealed days."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.audit.models import DailyRoot
from foundation.audit.verify import verify_day
from foundation.core import clock
from foundation.core.marks import amount, chip, link
from foundation.core.pages import Page, contribute, dressed
from foundation.core.panels import Panel
from foundation.core.site import Menu
from institutions.models import Institution
from ledger import rules, running, words
from ledger.forms import BooksForm
from ledger.models import Entry
from ledger.proofs import roots
from ledger.sealing import ENTRIES

SHOWN = 500
DAYS = 31
COLUMNS = ("记账日期", "种类", "合同资金", "金额", "专户增减", "专户余额", "凭据", "经办人", "复核人")
#: So many links are recomputed for one view of the page; older days are asked for one by one.
RECOMPUTED = 5_000


class Books(Page):
    """资金流水: what moved and what stood after each entry; a kind that is left out still counts in the balance."""

    slug, label, has_button = "books", "资金流水", False
    rule = rules.can_view_books_of
    template_name = "ledger/books.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        today = clock.today()
        given = {"since": today - timedelta(days=90), "until": today, "kind": ""}
        form = dressed(BooksForm(request.GET if "since" in request.GET else None, initial=given))
        if form.is_valid():
            given = form.cleaned_data
        period = {"since": given["since"], "until": given["until"]}
        before, lines, more = running.of_institution(self.row, **period, most=SHOWN)
        shown = [line for line in lines if given["kind"] in ("", line.entry.kind)]
        return self.render(
            form=form,
            before=before,
            panel=Panel(COLUMNS, [_cells(line) for line in shown], empty="这一期间没有这样的分录。"),
            after=lines[-1].after if lines else before,
            more=SHOWN if more else 0,
            money=reverse("admin:institutions_institution_funds", args=[self.row.pk]),
            **period,
        )


def _cells(line: running.Line) -> tuple[object, ...]:
    entry = line.entry
    held = entry.purse_id and link(entry.purse, reverse("admin:ledger_purse_change", args=[entry.purse_id]))
    return (
        link(entry.happened_on, reverse("admin:ledger_entry_change", args=[entry.pk])),
        words.kind(entry),
        held or "—",
        amount(entry.amount_fen),
        amount(line.fen) if line.fen else "—",
        amount(line.after),
        words.source(entry),
        entry.by_name,
        entry.checker_name or "—",
    )


class Roots(Page):
    """每日封存: each day's root, recomputed from the links and the entries themselves while one looks."""

    slug, label, per_object = "roots", "每日封存", False
    rule = rules.can_view_books
    menu = Menu("资金", 82, "verified")
    template_name = "ledger/roots.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        asked, left, rows = request.GET.get("day", ""), RECOMPUTED, []
        for root in roots(most=DAYS):
            number = root.last_no - root.first_no + 1
            wanted = str(root.day) == asked or number <= left
            left -= number if wanted else 0
            rows.append((root, number, verdict(root) if wanted else None))
        return self.render(rows=rows, days=DAYS)


def verdict(root: DailyRoot) -> SafeString:
    """In words for whoever reads no English and no hashes; the first entry that does not fit is named."""
    found = verify_day(ENTRIES, root)
    if found.fault is None:
        return chip("与分录一致", "ok")
    entry = Entry.objects.filter(pk=found.row_id).first()
    said = f"：{entry}" if entry else ""
    return chip(f"与分录不符{said}，编号{found.row_id or '—'}", "bad")


contribute(Institution, Books)
