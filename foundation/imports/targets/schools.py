"""Schools: name, stage, town, code. Key: the school's code, else its name within the county."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.locking import lock_all
from foundation.imports.columns import Column, SheetResource
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch
from foundation.imports.operations.schools import take_back_schools, write_schools
from foundation.imports.placing import place_row, town_name
from foundation.imports.stored import stored_slices
from foundation.imports.taking_back import referred_to, why_kept
from foundation.imports.target import Existing, Ground, Row, Target
from foundation.imports.values import ChoiceWidget, CodeWidget, NameWidget, TextWidget
from foundation.regions.enums import SchoolStage
from foundation.regions.models import School

STAGES = {
    **dict.fromkeys(["幼儿园所", "公办幼儿园", "民办幼儿园", "学前"], SchoolStage.KINDERGARTEN),
    **dict.fromkeys(
        ["完小", "完全小学", "中心小学", "小学校", "教学点", "小学教学点", "实验小学", "附属小学"], SchoolStage.PRIMARY
    ),
    **dict.fromkeys(["初级中学", "初级中学校", "普通初中"], SchoolStage.JUNIOR),
    **dict.fromkeys(["高级中学", "普通高中", "普高", "高级中学校"], SchoolStage.SENIOR),
    **dict.fromkeys(["九年制", "九年一贯制学校", "九年一贯", "一贯制", "小学初中"], SchoolStage.NINE_YEAR),
    **dict.fromkeys(["完中", "初高中", "完全中学校", "六年制中学"], SchoolStage.COMPLETE),
}


class SchoolSheet(SheetResource):
    name = Column(
        "学校名称",
        spellings=("学校", "校名", "名称", "单位名称", "学校全称", "单位全称", "学校(机构)名称"),
        widget=NameWidget(100),
        required=True,
        example="思明小学",
    )
    stage = Column(
        "学段",
        spellings=(
            "办学类型",
            "学校类型",
            "学校类别",
            "类型",
            "办学层次",
            "学校性质",
            "学段类型",
            "学校(机构)办学类型",
        ),
        widget=ChoiceWidget(SchoolStage, synonyms=STAGES, noise="阶段|学段|学校$", code="category_unknown"),
        required=True,
        example="小学",
        note="可填：" + "、".join(SchoolStage.labels),
    )
    county = Column(
        "区县",
        spellings=(
            "所属区县",
            "县区",
            "县(市、区)",
            "所在区县",
            "所属县区",
            "县市区",
            "区",
            "辖区",
            "行政区",
            "所在区",
            "属地",
        ),
        widget=TextWidget(40),
        example="思明区",
    )
    town = Column(
        "镇街",
        spellings=(
            *(
                "乡镇",
                "街道",
                "乡镇街道",
                "乡镇(街道)",
                "所属镇街",
                "所在镇街",
                "所属街道",
                "所属乡镇",
                "街镇",
                "镇(街)",
            ),
            *("乡镇/街道", "街道(乡镇)", "所在街道", "所在乡镇"),
        ),
        widget=TextWidget(40),
        example="厦港街道",
    )
    code = Column(
        "学校标识码",
        spellings=("标识码", "学校代码", "机构标识码", "学校(机构)标识码", "学校编码", "机构代码", "学校国标码"),
        widget=CodeWidget(20),
        example="2135000001",
    )


class SchoolTarget(Target):
    code = "schools"
    label = "学校"
    unit = "所"
    capability = Can.MANAGE_AREAS
    model = School
    resource_class = SchoolSheet
    shown_as = ("name", "code")

    def check(self, row: Row, ground: Ground) -> None:
        columns = self.resource.columns
        faulty = {fault.field for fault in row.reasons}
        for name, code in (("name", "missing_name"), ("stage", "category_unknown")):
            if name not in row.record and name not in faulty:
                row.reasons.append(columns[name].fault(code, "不能为空，请填写。"))
        place_row(row, ground, columns)

    def key(self, record: dict[str, Any]) -> str:
        if "name" not in record or "jurisdiction" not in record:
            return ""
        return f"{record['jurisdiction']}/{record['name']}"

    def key_message(self) -> str:
        return "学校名称"

    def find(self, rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Existing]:
        wanted = School.objects.filter(
            jurisdiction_id__in={row.record["jurisdiction"] for row in rows} & ground.allowed,
            name__in={row.record["name"] for row in rows},
        )
        if lock:
            wanted = wanted.select_for_update(no_key=True, of=("self",))
        places = wanted.select_related("jurisdiction", "division__parent").order_by("pk")
        stored = {(school.jurisdiction_id, school.name): school for school in places}
        found = {}
        for position, row in enumerate(rows):
            if school := stored.get((row.record["jurisdiction"], row.record["name"])):
                found[position] = self._existing(school)
        return found

    def _existing(self, school: School) -> Existing:
        record = {
            "name": school.name,
            "stage": school.stage,
            "code": school.code or None,
            "county": school.jurisdiction.name,
            "town": town_name(school.division),
        }
        places = {"jurisdiction": school.jurisdiction_id, "division": school.division_id}
        return Existing(school.pk, school.jurisdiction_id, {**record, **places}, places=places)

    def write(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        write_schools(batch=batch, by=by, at=at)

    def refuse_undo(self, batch: Batch, *, lock: bool = False) -> dict[int, str]:
        kept: dict[int, str] = {}
        for rows in stored_slices(batch, Outcome.CREATED, Outcome.UPDATED):
            ids = [row.subject_id for row in rows]
            if lock:
                lock_all(School, ids)
            places = School.objects.select_related("jurisdiction", "division__parent")
            now = {school.pk: self._existing(school).record for school in places.filter(pk__in=ids)}
            used = referred_to(School, [row.subject_id for row in rows if row.outcome == Outcome.CREATED])
            for row in rows:
                if why := why_kept(row, now.get(row.subject_id), used):
                    kept[row.pk] = f"第{row.number}行“{row.title}”{why}"
        return kept

    def undo(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        take_back_schools(batch=batch, by=by, at=at)


SCHOOLS = SchoolTarget()
