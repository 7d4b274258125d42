"""培训材料 as a register that can be imported: one row a set. Key: the institution, the title and the edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.locking import hold_all
from foundation.imports.columns import Column, SheetResource
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch
from foundation.imports.stored import stored_slices
from foundation.imports.taking_back import referred_to, why_kept
from foundation.imports.target import Existing, Ground, Row, Target, register
from foundation.imports.values import ChoiceWidget, CodeWidget, DateWidget, NameWidget, TextWidget
from inspections.importing.naming import key_of
from inspections.importing.subjects import Sites, Subject
from institutions.cells import CreditCodeWidget
from institutions.enums import Stage

from .enums import MaterialKind
from .models import MaterialSet
from .operations.batches import take_back_sets, write_sets

KINDS = {
    **dict.fromkeys(["自编", "自编教材", "自编讲义", "校本", "自主编写", "自编材料"], MaterialKind.SELF_MADE),
    **dict.fromkeys(["出版物", "正式出版", "出版教材", "公开出版", "图书"], MaterialKind.PUBLISHED),
}
STAGES = {
    **dict.fromkeys(["幼儿", "学前", "幼儿园", "学龄前", "学前教育"], Stage.PRESCHOOL),
    **dict.fromkeys(["小学阶段", "小学段"], Stage.PRIMARY),
    **dict.fromkeys(["初级中学", "初中阶段"], Stage.JUNIOR),
    **dict.fromkeys(["高级中学", "普通高中", "高中阶段"], Stage.SENIOR),
}
NEEDED = (("title", "材料名称"), ("subject", "科目"), ("stage", "学段"))


class MaterialSheet(SheetResource):
    institution = Column(
        "机构名称",
        spellings=("培训机构", "机构", "机构全称", "培训机构名称", "单位名称", "使用机构"),
        widget=NameWidget(120),
        example="思明区海浪舞蹈培训中心",
    )
    credit_code = Column(
        "统一社会信用代码",
        spellings=("信用代码", "社会信用代码", "机构代码"),
        widget=CreditCodeWidget(),
        example="52350203MJC00001XE",
    )
    title = Column(
        "材料名称",
        spellings=("教材名称", "培训材料名称", "培训材料", "书名", "教材", "讲义名称"),
        widget=NameWidget(120),
        required=True,
        example="少儿舞蹈基础教程",
    )
    edition = Column("版次", spellings=("版本", "版别", "册次"), widget=TextWidget(40), example="2026年春季版")
    subject = Column(
        "科目", spellings=("学科", "培训科目", "培训内容", "项目"), widget=TextWidget(40), required=True, example="舞蹈"
    )
    stage = Column(
        "学段",
        spellings=("适用学段", "年级", "适用对象", "培训对象"),
        widget=ChoiceWidget(Stage, synonyms=STAGES, noise="阶段|学段", code="category_unknown"),
        required=True,
        example="小学",
        note="可填：" + "、".join(Stage.labels),
    )
    kind = Column(
        "编写方式",
        spellings=("材料类型", "编写类型", "材料来源", "类型", "性质"),
        widget=ChoiceWidget(MaterialKind, synonyms=KINDS, noise="类", code="category_unknown"),
        example="自编",
        note="可填：" + "、".join(MaterialKind.labels),
    )
    isbn = Column("书号", spellings=("ISBN", "ISBN号", "国际标准书号"), widget=CodeWidget(20), example="")
    author = Column(
        "编者或出版社", spellings=("编者", "出版社", "作者", "主编"), widget=TextWidget(80), example="教研组"
    )
    inside_by = Column("内审人", spellings=("内部审核人", "机构审核人"), widget=TextWidget(60), example="王老师")
    inside_on = Column("内审日期", spellings=("内部审核日期", "内审时间"), widget=DateWidget(), example="2026-02-20")
    inside_note = Column("内审结论", spellings=("内审意见", "内部审核结论"), widget=TextWidget(300), example="同意使用")


class MaterialTarget(Target):
    """A set that is there already is never changed by a file."""

    code, label, unit, book = "materials", "培训材料", "套", "培训材料"
    capability = Can.IMPORT_REGISTER
    model, resource_class = MaterialSet, MaterialSheet
    shown_as = ("title", "subject")
    undo_effect = "将删除；已送外审或已登记使用的保留。以后可以重新导入。"
    undo_word = "删除"

    def look_up(self, rows: list[Row], ground: Ground) -> None:
        sites = Sites.of(ground)
        codes = {row.record["credit_code"] for row in rows if "credit_code" in row.record}
        names = {row.record["institution"] for row in rows if "institution" in row.record}
        sites.fetch(codes=codes, numbers=(), sites=(), names=names)
        for row in rows:
            self._settle(row, sites, ground)

    def _settle(self, row: Row, sites: Sites, ground: Ground) -> None:
        record, columns = row.record, self.resource.columns
        if any(fault.field in ("institution", "credit_code") for fault in row.reasons):
            return
        named = next((name for name in ("credit_code", "institution") if name in record), None)
        if named is None:
            words = "不能为空，请填写机构名称或统一社会信用代码。"
            row.reasons.append(columns["institution"].fault("missing_name", words))
            return
        written = record[named]
        found = sites.by_code(written) if named == "credit_code" else sites.by_name(written)
        found = [each for each in found if each.is_registered]
        if len(found) == 1 and found[0].jurisdiction_id in ground.allowed:
            self._take(row, found[0], written)
        else:
            row.reasons.append(columns[named].fault(*_unknown(found, written, ground), before=written))

    def _take(self, row: Row, found: Subject, written: str) -> None:
        given = row.record.get("institution")
        if given is not None and key_of(given) not in found.names:
            text = f"与名录不同，按代码认定为“{found.name}”。"
            row.warnings.append(self.resource.columns["institution"].fault("name_differs", text, before=given))
        row.record |= {"home": found.id, "jurisdiction": found.jurisdiction_id, "institution": found.name}

    def check(self, row: Row, ground: Ground) -> None:
        columns, record = self.resource.columns, row.record
        faulty = {fault.field for fault in row.reasons}
        for name, words in NEEDED:
            if name not in record and name not in faulty:
                row.reasons.append(columns[name].fault(f"missing_{name}", f"不能为空，请填写{words}。"))
        if "kind" not in record and "kind" not in faulty:
            record["kind"] = (MaterialKind.PUBLISHED if "isbn" in record else MaterialKind.SELF_MADE).value
            shown = columns["kind"].shown(record["kind"])
            row.warnings.append(columns["kind"].fault("kind_assumed", f"没有填写，按“{shown}”登记。"))
        if record.get("kind") == MaterialKind.PUBLISHED and "isbn" not in record and "isbn" not in faulty:
            row.reasons.append(columns["isbn"].fault("missing_isbn", "正式出版物必须填写书号。"))
        if record.get("inside_on", "") > ground.today_in_iso:
            day = record["inside_on"]
            row.reasons.append(columns["inside_on"].fault("date_range", "在今天之后，请核对。", before=day))
        given = [name for name in ("inside_by", "inside_on", "inside_note") if name in record]
        if given and len(given) < 3 and not faulty & {"inside_by", "inside_on", "inside_note"}:
            words = "内审人、内审日期、内审结论须填全，没有填全的按待内审登记。"
            row.warnings.append(columns[given[0]].fault("inside_incomplete", words))

    def key(self, record: dict[str, Any]) -> str:
        if "home" not in record or "title" not in record:
            return ""
        return f"{record['home']}/{record['title']}/{record.get('edition', '')}"

    def key_message(self) -> str:
        return "机构、材料名称和版次"

    def find(self, rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Existing]:
        homes = {row.record["home"] for row in rows if "home" in row.record}
        titles = {row.record["title"] for row in rows if "title" in row.record}
        stored = MaterialSet.objects.filter(institution__in=homes, title__in=titles).order_by("pk")
        known = {f"{one.institution_id}/{one.title}/{one.edition}": one for one in stored}
        return {
            position: Existing(there.pk, row.record["jurisdiction"], {"title": there.title})
            for position, row in enumerate(rows)
            if (there := known.get(self.key(row.record))) is not None
        }

    def write(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        write_sets(batch=batch, by=by, at=at)

    def refuse_undo(self, batch: Batch, *, lock: bool = False) -> dict[int, str]:
        kept: dict[int, str] = {}
        for rows in stored_slices(batch, Outcome.CREATED):
            ids = [row.subject_id for row in rows]
            if lock:
                hold_all(MaterialSet, ids)
            now = {one.pk: _shown(one) for one in MaterialSet.objects.filter(pk__in=ids).order_by("pk")}
            used = referred_to(MaterialSet, ids)
            for row in rows:
                if why := why_kept(row, now.get(row.subject_id), used):
                    kept[row.pk] = f"第{row.number}行“{row.title}”{why}"
        return kept

    def undo(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        take_back_sets(batch=batch, by=by, at=at)

    def url_of(self, subject_id: int) -> str:
        return reverse("admin:materials_materialset_change", args=[subject_id])

    def list_url(self) -> str:
        return reverse("admin:materials_materialset_changelist")


def _unknown(found: list[Subject], written: str, ground: Ground) -> tuple[str, str]:
    if not found:
        return "unknown_institution", f"名录中没有“{written}”，请核对。"
    if len(found) > 1:
        return "unknown_institution", f"名录中有{len(found)}家“{written}”，请填信用代码。"
    return "county_out_of_scope", f"“{found[0].name}”不在{ground.bureau.name}的管辖范围内，不能由您导入。"


def _shown(row: MaterialSet) -> Mapping[str, Any]:
    """A set in the columns' terms, as far as somebody may have changed it since."""
    inside = row.inside_by and {"inside_by": row.inside_by, "inside_note": row.inside_note}
    return {"title": row.title, "subject": row.subject, "stage": row.stage, "kind": row.kind, **(inside or {})}


MATERIALS = register(MaterialTarget())
