"""参与情况 as a register that can be imported: by a county for all of its schools, by a specialist for the own one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from foundation.accounts.enums import Can, Role
from foundation.core.actor import Actor
from foundation.core.locking import hold_all
from foundation.imports.models import Batch
from foundation.imports.target import Existing, Ground, Row, Target, register
from foundation.regions.models import School

from .counts import NAMES, faults_of, grade_fault
from .models import Participation, Term
from .models.scoped import own_school
from .operations import batches
from .sheet import ParticipationSheet
from .taking_back import rows_to_keep

NEEDED = (("grade", "年级"), ("enrolled", "在校学生数"), ("joined", "自愿参加人数"), ("term", "学期"))
KNOWN = "afterschool.known"


class ParticipationTarget(Target):
    """Key: school, term, grade and day. A row of a day that is recorded already corrects it."""

    code, label, unit, book = "participation", "课后服务参与情况", "条", "课后服务参与情况"
    capability = Can.ENTER_AFTERSCHOOL
    model, resource_class = Participation, ParticipationSheet
    has_unique_key = False  # dated records: what replaces one bears its key
    shown_as = ("name", "term")
    undo_effect = "将撤回，不再计入任何统计；以后可以重新导入。"
    undo_word = "撤回"

    def admits(self, actor: Actor) -> bool:
        return super().admits(actor) or (actor.can(self.capability) and actor.role == Role.SCHOOL_SPECIALIST)

    # -- the row -------------------------------------------------------------------------------------------------
    def look_up(self, rows: list[Row], ground: Ground) -> None:
        """The schools that the rows name, and the terms there are (three questions a block)."""
        codes = {row.record["code"] for row in rows if "code" in row.record}
        names = {row.record["name"] for row in rows if "name" in row.record}
        found = School.objects.filter(Q(code__in=codes) | Q(name__in=names)).select_related("jurisdiction")
        by = ground.by
        own = set(own_school(by).values_list("school", flat=True)) if by and by.role == Role.SCHOOL_SPECIALIST else None
        terms = {str(term): term for term in Term.objects.all()}
        ground.known[KNOWN] = (list(found.order_by("pk")), terms, own)

    def check(self, row: Row, ground: Ground) -> None:
        record, columns = row.record, self.resource.columns
        faulty = {fault.field for fault in row.reasons}
        for name, words in NEEDED:
            if name not in record and name not in faulty:
                row.reasons.append(columns[name].fault(f"missing_{name}", f"不能为空，请填写{words}。"))
        schools, terms, own = ground.known[KNOWN]
        school = self._school(row, schools, ground, own)
        self._settle_day(row, terms, ground)
        if school is not None and "grade" in record and (text := grade_fault(school, record["grade"])):
            self._refuse(row, "grade", "grade_of_another_stage", text)
        for name, code, text in faults_of(record):
            self._refuse(row, name, code, text)

    def _refuse(self, row: Row, name: str, code: str, text: str) -> None:
        column = self.resource.columns[name]
        row.reasons.append(column.fault(code, text, before=column.shown(row.record.get(name))))

    def _school(self, row: Row, schools: list[School], ground: Ground, own: set[int] | None) -> School | None:
        """The school that the row names, within the bureau's area; by its code where it has one."""
        record = row.record
        if any(fault.field in ("name", "code") for fault in row.reasons):
            return None
        named = next((name for name in ("code", "name") if record.get(name)), None)
        if named is None:
            self._refuse(row, "name", "missing_name", "不能为空，请填写学校名称或标识码。")
            return None
        meant = [school for school in schools if getattr(school, named) == record[named]]
        here = [school for school in meant if school.jurisdiction_id in ground.allowed]
        if len(here) != 1:
            self._refuse(row, named, "school_unknown", _why_not_one(record[named], meant, here, ground))
            return None
        school = here[0]
        if own is not None and school.pk not in own:
            self._refuse(row, named, "school_not_own", f"“{school}”不是您负责的学校，不能由您导入。")
            return None
        if named == "code" and record.get("name", school.name) != school.name:
            text = f"与学校名册不同，按标识码认定为“{school}”。"
            row.warnings.append(self.resource.columns["name"].fault("name_differs", text, before=record["name"]))
        record |= {"school": school.pk, "jurisdiction": school.jurisdiction_id, "name": school.name}
        if school.code:
            record["code"] = school.code
        else:
            record.pop("code", None)
        return school

    def _settle_day(self, row: Row, terms: dict[str, Term], ground: Ground) -> None:
        """The day of the count: the term's first day where none is told."""
        record = row.record
        if "term" not in record:
            return
        term = terms.get(record["term"])
        if term is None:
            self._refuse(row, "term", "term_unknown", f"还没有登记“{record['term']}”，请联系市级或省级登记学期。")
            return
        record["term_id"] = term.pk
        if "effective_on" not in record and not any(fault.field == "effective_on" for fault in row.reasons):
            record["effective_on"] = term.starts_on.isoformat()
            text = "没有填写，按学期开始日期登记。"
            column = self.resource.columns["effective_on"]
            row.warnings.append(column.fault("effective_on_assumed", text, after=record["effective_on"]))
        day = record.get("effective_on", term.starts_on.isoformat())
        if not term.starts_on.isoformat() <= day <= term.ends_on.isoformat():
            self._refuse(row, "effective_on", "date_range", f"不在{term}之内，请核对。")
        elif day > ground.today_in_iso:
            self._refuse(row, "effective_on", "date_range", "在今天之后，请核对。")

    # -- what is there -------------------------------------------------------------------------------------------
    def key(self, record: dict[str, Any]) -> str:
        parts = [record.get(name) for name in ("school", "term_id", "grade", "effective_on")]
        return "" if None in parts else "/".join(map(str, parts))

    def key_message(self) -> str:
        return "学校、学期、年级和统计日期"

    def find(self, rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Existing]:
        homes = {row.record["school"] for row in rows if "school" in row.record}
        if lock:
            hold_all(School, homes)
        stored = Participation.objects.filter(
            school__in=homes, term__in={row.record["term_id"] for row in rows if "term_id" in row.record}
        )
        known = {self.key(facts_of(each)): each for each in stored.believed().select_related("school", "term")}
        found = {}
        for position, row in enumerate(rows):
            there = known.get(self.key(row.record))
            if there is None:
                continue
            record = facts_of(there)
            for name, code, text in faults_of(record | row.record):
                row.reject(self.resource.columns[name].fault(code, text))
            found[position] = Existing(there.pk, there.school.jurisdiction_id, record)
        return found

    # -- writing -------------------------------------------------------------------------------------------------
    def write(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        batches.write_participation(batch=batch, by=by, at=at)

    def refuse_undo(self, batch: Batch, *, lock: bool = False) -> dict[int, str]:
        return rows_to_keep(batch, lock=lock)

    def undo(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        batches.take_back_participation(batch=batch, by=by, at=at)

    def url_of(self, subject_id: int) -> str:
        return reverse("admin:afterschool_participation_change", args=[subject_id])

    def list_url(self) -> str:
        return reverse("admin:afterschool_participation_changelist")


def facts_of(row: Participation) -> dict[str, Any]:
    """A stored record in the columns' own form, with what makes its key."""
    key = {"school": row.school_id, "term_id": row.term_id, "grade": row.grade}
    day: date = row.effective_on
    return {**key, "effective_on": day.isoformat(), **{name: getattr(row, name) for name in NAMES}}


def _why_not_one(word: str, meant: list[School], here: list[School], ground: Ground) -> str:
    if len(here) > 1:
        return f"学校名册中有{len(here)}所“{word}”，请填学校标识码。"
    if meant:
        return f"“{meant[0]}”属于{meant[0].jurisdiction}，不在{ground.bureau}的管辖范围内，不能由您导入。"
    return f"学校名册中没有“{word}”，请核对。"


PARTICIPATION = register(ParticipationTarget())
