"""Payments, invoices and lessons entered on the contract's page; the figures of coverage and agreement."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db import models

from contracts import forms, queries, rules
from contracts.operations import money as operations
from foundation.core.actor import Actor
from foundation.core.pages import OperationPage, Page
from foundation.core.site import Menu


class RecordPayment(OperationPage):
    slug, label = "record-payment", "登记缴费"
    rule = rules.can_keep_contract
    form_class = forms.PayForm
    effect = "登记后立即与合同、发票核对并校验；付款人姓名加密保存。"
    done = "已登记。"

    def run(self, *, by, at, **given):
        told = operations.Paid(**given, contract_no=self.row.number)
        operations.record_payment(institution=self.row.institution, paid=told, by=by, at=at)
        return self.row


class RecordInvoice(OperationPage):
    slug, label = "record-invoice", "登记发票"
    rule = rules.can_keep_contract
    form_class = forms.InvoiceForm
    effect = "登记后立即与合同、缴费核对；购买方名称加密保存。"
    done = "已登记。"

    def run(self, *, by, at, **given):
        told = operations.Invoiced(**given, contract_no=self.row.number)
        operations.record_invoice(institution=self.row.institution, invoiced=told, by=by, at=at)
        return self.row


class RecordLesson(OperationPage):
    slug, label = "record-lesson", "登记上课"
    rule = rules.can_keep_contract
    form_class = forms.LessonForm
    effect = "登记后立即校验上课时间。"
    done = "已登记。"

    def run(self, *, by, at, **given):
        operations.record_lesson(contract=self.row, taken=operations.Taken(**given), by=by, at=at)
        return self.row


class LinkPayment(OperationPage):
    """On the page of a payment that names no known contract."""

    slug, label, kind = "link", "关联合同", "main"
    rule = rules.can_keep_payment
    form_class = forms.LinkForm
    effect = "缴费计入所选合同，并立即核对三一致。"
    done = "已关联。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and row.contract_id is None

    def form_kwargs(self):
        return {"payment": self.row}

    def run(self, *, by, at, contract):
        return operations.link_payment(payment=self.row, contract=contract, by=by, at=at)


class Coverage(Page):
    """示范文本、App购课、三一致 by county or institution, each number opening its rows."""

    slug, label = "coverage", "合同指标"
    per_object = False
    has_button = True
    rule = rules.can_view_contracts
    http_method_names = ["get"]
    template_name = "contracts/coverage.html"
    menu = Menu("资金", 45, "donut_large")

    def get(self, request, *args, **kwargs):
        asked = request.GET.get("county", "")
        county = int(asked) if asked.isdecimal() and int(asked) in request.actor.scope else None
        found = queries.figures(request.actor, county=county)
        lines = [self.line(line) for line in found]
        return self.render(lines=lines, county=county, is_empty=not found[-1].contracts)

    def line(self, line: queries.Figures) -> dict[str, object]:
        """A line of the table with the address behind each of its numbers."""
        measures = (
            (line.on_model, "示范文本", {"on_model_contract__exact": 1}),
            (line.via_app, "App购课", {"bought_via__exact": "app"}),
            (line.agree, "三一致", {"agreement": "yes"}),
        )
        return {
            "label": line.label,
            "contracts": line.contracts,
            "url": self.url(line.query),
            "below": f"?county={line.query.removeprefix('jurisdiction=')}" if _is_county(line) else "",
            "cells": [
                (number, line.percent(number), heading, self.url(line.query, **more))
                for number, heading, more in measures
            ],
        }

    def url(self, query: str, **more: object) -> str:
        place, _, pk = query.partition("=")
        asked = {f"{place}__id__exact" if place == "jurisdiction" else "home": pk} if place else {}
        return f"{self.register.list_url()}?{urlencode({**asked, **more})}"


def _is_county(line: queries.Figures) -> bool:
    return line.query.startswith("jurisdiction=") and line.label != "合计"
