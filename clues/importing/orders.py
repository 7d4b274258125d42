"""12345转办单: how a sheet of hotline orders becomes clues. Key: the order's number.

Who called is not read: names and telephones stay on the hotline's own platform, and nothing of them is kept here,
neither in the clue nor in the import's rows. What the order tells is sealed in both.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.imports.columns import Column, SheetResource
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch
from foundation.imports.placing import place_row
from foundation.imports.stored import stored_slices
from foundation.imports.target import Existing, Ground, Row, Target, register
from foundation.imports.values import ChoiceWidget, CodeWidget, DateWidget, NameWidget, TextWidget
from institutions.models import Institution

from ..enums import ClueState, Subject
from ..models import Clue
from ..operations.batches import take_back_orders, write_orders

SUBJECTS = {
    **dict.fromkeys(["无证", "无证无照", "无证经营", "违规办学", "黑机构", "无资质"], Subject.UNLICENSED),
    **dict.fromkeys(["变相补课", "变相培训", "有偿补课", "家教", "一对一"], Subject.DISGUISED),
    **dict.fromkeys(["违规补课", "节假日补课", "超时", "超前教学", "学科培训"], Subject.HOURS),
    **dict.fromkeys(["广告", "虚假宣传", "违规宣传", "传单"], Subject.ADVERT),
    **dict.fromkeys(["安全", "消防", "消防安全", "场所安全"], Subject.SAFETY),
    **dict.fromkeys(["退费", "收费", "乱收费", "退费难", "退费纠纷", "费用", "合同纠纷"], Subject.FEES),
    **dict.fromkeys(["咨询", "建议", "师资", "教师", "其它"], Subject.OTHER),
}


class OrderSheet(SheetResource):
    order_no = Column(
        "工单编号",
        spellings=("工单号", "受理编号", "受理单号", "转办单号", "诉求编号", "编号", "流水号", "案件编号"),
        widget=CodeWidget(40),
        required=True,
        example="XM2026110200123",
    )
    received_on = Column(
        "受理日期",
        spellings=("受理时间", "来电时间", "登记时间", "诉求时间", "转办时间", "转办日期", "派单时间"),
        widget=DateWidget(),
        example="2026-11-02",
    )
    county = Column(
        "区县",
        spellings=("所属区县", "县区", "县(市、区)", "行政区", "事发区县", "所在区县"),
        widget=TextWidget(40),
        example="思明区",
    )
    town = Column(
        "镇街",
        spellings=("乡镇", "街道", "乡镇街道", "乡镇(街道)", "所属镇街", "所在镇街"),
        widget=TextWidget(40),
        example="厦港街道",
    )
    name = Column(
        "被反映单位",
        spellings=("机构名称", "涉及单位", "被投诉单位", "被诉单位", "涉事机构", "诉求对象", "被举报单位"),
        widget=NameWidget(120),
        example="思明区海浪舞蹈培训中心",
    )
    address = Column(
        "地址",
        spellings=("事发地址", "详细地址", "诉求地址", "事发地点", "地点"),
        widget=TextWidget(200),
        example="厦港街道思明南路1号",
    )
    subject = Column(
        "问题类别",
        spellings=("诉求类别", "诉求分类", "问题分类", "类别", "事项类别", "诉求类型"),
        widget=ChoiceWidget(Subject, synonyms=SUBJECTS, noise="问题|投诉|举报|诉求|类", code="category_unknown"),
        optional=True,
        example="收费退费",
        note="可填：" + "、".join(Subject.labels),
    )
    content = Column(
        "诉求内容",
        spellings=("反映内容", "诉求描述", "内容", "主要内容", "问题描述", "来电内容", "工单内容"),
        widget=TextWidget(2000),
        required=True,
        personal=True,
        example="家长反映退费拖了两个月",
        note="请删去诉求人的姓名和电话；这两项不导入，在12345平台查看。",
    )


class OrderTarget(Target):
    code = "orders"
    label = "12345转办单"
    unit = "件"
    book = "线索"
    capability = Can.IMPORT_CLUES
    model = Clue
    resource_class = OrderSheet
    shown_as = ("order_no", "subject")
    undo_effect = "还没有受理的将按“不予受理”结束，理由是导入有误；以后可以重新导入。"
    undo_word = "结束"

    def look_up(self, rows: list[Row], ground: Ground) -> None:
        """Institutions of the area by their exact name; one name of several is left to the triage."""
        names = {row.record["name"] for row in rows if "name" in row.record}
        found: dict[str, list[tuple[int, int]]] = {}
        stored = Institution.objects.current().filter(name__in=names, jurisdiction__in=ground.allowed).order_by("pk")
        for pk, name, jurisdiction in stored.values_list("pk", "name", "jurisdiction_id"):
            found.setdefault(name, []).append((pk, jurisdiction))
        ground.known["institutions"] = found

    def check(self, row: Row, ground: Ground) -> None:
        columns, record = self.resource.columns, row.record
        faulty = {fault.field for fault in row.reasons}
        for name, code, words in (("order_no", "code_missing", "工单编号"), ("content", "missing_content", "诉求内容")):
            if name not in record and name not in faulty:
                row.reasons.append(columns[name].fault(code, f"不能为空，请填写{words}。"))
        if record.get("received_on", "") > ground.today_in_iso:
            day = record["received_on"]
            row.reasons.append(columns["received_on"].fault("date_range", "在今天之后，请核对。", before=day))
        if "subject" not in record and "subject" not in faulty:
            record["subject"] = Subject.OTHER.value
            row.warnings.append(columns["subject"].fault("subject_assumed", "没有填写或看不出，按“其他”登记。"))
        place_row(row, ground, columns)
        self._name(row, ground)

    def _name(self, row: Row, ground: Ground) -> None:
        record, column = row.record, self.resource.columns["name"]
        if "name" not in record:
            if "address" not in record and not any(fault.field in {"name", "address"} for fault in row.reasons):
                row.reasons.append(column.fault("missing_name", "被反映单位和地址至少填一项，不然找不到。"))
            return
        here = [
            pk
            for pk, jurisdiction in ground.known["institutions"].get(record["name"], [])
            if jurisdiction == record.get("jurisdiction")
        ]
        if len(here) == 1:
            record["institution"] = here[0]
        else:
            text = (
                "名录中没有这个名称，按招牌登记，受理时请核对。" if not here else "名录中有多家同名机构，受理时请核对。"
            )
            row.warnings.append(column.fault("unknown_institution", text, before=record["name"]))

    def key(self, record: dict[str, Any]) -> str:
        return record.get("order_no", "")

    def key_message(self) -> str:
        return "工单编号"

    def find(self, rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Existing]:
        """The clue that an order became is never changed by a file; one that was handed on counts as here."""
        numbers = {row.record["order_no"] for row in rows if "order_no" in row.record}
        stored = Clue.objects.filter(order_no__in=numbers).exclude(state=ClueState.REFUSED).order_by("pk")
        known = dict(stored.values_list("order_no", "pk"))
        return {
            position: Existing(known[number], row.record["jurisdiction"], {"order_no": number})
            for position, row in enumerate(rows)
            if (number := row.record.get("order_no")) in known and "jurisdiction" in row.record
        }

    def write(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        write_orders(batch=batch, target=self, by=by, at=at)

    def refuse_undo(self, batch: Batch, *, lock: bool = False) -> dict[int, str]:
        kept: dict[int, str] = {}
        for rows in stored_slices(batch, Outcome.CREATED):
            waiting = set(
                Clue.objects.filter(
                    pk__in=[row.subject_id for row in rows],
                    state=ClueState.RECEIVED,
                    jurisdiction=batch.jurisdiction_id,
                ).values_list("pk", flat=True)
            )
            kept |= {
                row.pk: f"第{row.number}行“{row.title}”已经受理、移交或结束"
                for row in rows
                if row.subject_id not in waiting
            }
        return kept

    def undo(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        take_back_orders(batch=batch, by=by, at=at)

    def url_of(self, subject_id: int) -> str:
        return reverse("admin:clues_clue_change", args=[subject_id])

    def list_url(self) -> str:
        return reverse("admin:clues_clue_changelist")


ORDERS = register(OrderTarget())
