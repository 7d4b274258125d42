"""How past visits are imported: what a row must hold, which site it speaks of, and when it is the same visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.imports.faults import Fault
from foundation.imports.models import Batch
from foundation.imports.target import Existing, Ground, Row, Target
from inspections.checking import PROBLEM_FREE
from inspections.enums import ENFORCEMENT, OFFICERS_NEEDED, OFFICIAL, Outcome, Severity, Slot, VisitKind
from inspections.models import Visit
from inspections.operations.batches import take_back_visits, write_visits
from inspections.past import aspect_in, group_of, people_in, problems_in, slot_of, times_in
from inspections.queries.imported import key_of_visit, visits_of_days
from inspections.queries.named import NamedCampaigns
from inspections.reports import group_of_people
from inspections.taking_back import visits_to_keep

from .naming import NearNames, key_of
from .sheet import VisitSheet
from .subjects import Sites, Subject

IDENTIFYING = ("site_no", "credit_code", "license_no", "name")


class VisitTarget(Target):
    """Key: site, day, part of the day and group; a visit that is there already is left as it is."""

    code = "visits"
    label = "检查记录"
    unit = "家次"
    book = "检查记录"
    capability = Can.IMPORT_VISITS
    model = Visit
    resource_class = VisitSheet
    shown_as = ("name", "visited_on")
    undo_effect = "检查记录将作废，不再计入任何统计；记录保留可查，以后可以重新导入。"
    undo_word = "作废"

    # -- the site ------------------------------------------------------------------------------------------------
    def look_up(self, rows: list[Row], ground: Ground) -> None:
        sites = Sites.of(ground)
        wanted = {name: {row.record[name] for row in rows if name in row.record} for name in IDENTIFYING}
        sites.fetch(
            codes=wanted["credit_code"], numbers=wanted["license_no"], sites=wanted["site_no"], names=wanted["name"]
        )
        campaigns = NamedCampaigns({row.record["campaign"] for row in rows if "campaign" in row.record})
        for row in rows:
            if subject := self._subject(row, sites, ground):
                self._settle(row, subject, ground)
                self._look_for_campaign(row, subject, campaigns)

    def _subject(self, row: Row, sites: Sites, ground: Ground) -> Subject | None:
        """The one site that the row means; else the row has been told why there is none."""
        record, refused = row.record, {fault.field for fault in row.reasons}
        if refused & set(IDENTIFYING):
            return None
        named = next((name for name in IDENTIFYING if name in record), None)
        if named is None:
            row.reasons.append(self._fault("name", "missing_name", "不能为空，请填写机构名称。"))
            return None
        ask = {"site_no": sites.by_site, "credit_code": sites.by_code, "license_no": sites.by_number}
        found = ask.get(named, sites.by_name)(record[named])
        if named == "name" and len(found) > 1:
            found = _at_address(found, record.get("address"))
        if not found:
            row.reasons.append(self._unknown(named, record, sites, ground))
        elif len(found) > 1:
            text = f"名录中有{len(found)}家“{record[named]}”，请另填统一社会信用代码或地址。"
            row.reasons.append(self._fault(named, "ambiguous_institution", text, before=record[named]))
        else:
            return found[0]
        return None

    def _unknown(self, named: str, record: dict[str, Any], sites: Sites, ground: Ground) -> Fault:
        """With what it may have been: the nearest name, or the code of the institution of this name."""
        written = record[named]
        if named == "site_no":
            return self._fault(named, "unknown_institution", "没有这个编号的无证场所，请核对。", before=written)
        if named == "name":
            near = NearNames.of(ground).suggest(written)
            if near is None:
                text = f"名录中没有“{written}”，请核对名称，或先登记机构(无证场所)。"
                return self._fault(named, "unknown_institution", text, before=written)
            text = f"名录中没有“{written}”，可能是“{near.value}”，请核对。"
            return self._fault(
                named, "unknown_institution", text, before=written, after=near.value, confidence=near.confidence
            )
        same = sites.by_name(record["name"]) if "name" in record else []
        if named == "credit_code" and len(same) == 1 and same[0].code:
            text = f"名录中没有这个代码；“{same[0].name}”的代码是 {same[0].code}，请核对。"
            return self._fault(named, "unknown_institution", text, before=written, after=same[0].code, confidence=0.9)
        return self._fault(named, "unknown_institution", "名录中没有这个号码的机构，请核对。", before=written)

    def _settle(self, row: Row, subject: Subject, ground: Ground) -> None:
        record = row.record
        if subject.jurisdiction_id not in ground.allowed:
            text = f"“{subject.name}”不在{ground.bureau.name}的管辖范围内，不能由您导入。"
            row.reasons.append(self._fault("name", "county_out_of_scope", text))
            return
        written = record.get("name")
        if written and subject.is_registered and key_of(written) not in subject.names:
            others = [each for each in Sites.of(ground).by_name(written) if each.place != subject.place]
            if others:
                text = f"代码是“{subject.name}”的，而“{written}”是另一家机构，请核对。"
                row.reasons.append(self._fault("name", "subject_conflict", text, before=written))
                return
            text = "与名录不同，按代码认定为名录中的机构。"
            row.warnings.append(self._fault("name", "name_differs", text, before=written, after=subject.name))
        name, pk = subject.place
        record[name], record["name"] = pk, written or subject.name
        on = (record.get("visited_on") or "")[:10]
        if subject.ended_on and on > subject.ended_on.isoformat():
            text = f"该机构已于{subject.ended_on}{subject.ended_in_words()}，检查日期在其后，请核对。"
            row.warnings.append(self._fault("visited_on", "institution_ended", text, before=on))

    def _look_for_campaign(self, row: Row, subject: Subject, campaigns: NamedCampaigns) -> None:
        """A name under which no campaign takes the visit is told; the visit is filed all the same."""
        name, day = row.record.get("campaign"), row.record.get("visited_on", "").partition(" ")[0]
        if name and day and campaigns.of(name, subject.jurisdiction_id, date.fromisoformat(day)) is None:
            text = "没有在这一天进行、尚未结束的这项行动，检查照常登记，不计入专项行动。"
            row.warnings.append(self._fault("campaign", "campaign_unknown", text, before=name))

    def _fault(self, field: str, code: str, message: str, **more: Any) -> Fault:
        return self.resource.columns[field].fault(code, message, **more)

    # -- the row as a whole --------------------------------------------------------------------------------------
    def check(self, row: Row, ground: Ground) -> None:
        self._check_day(row, ground)
        self._check_slot(row)
        self._check_kind(row)
        self._check_people(row)
        self._check_problem(row)
        self._check_outcome(row)
        people = people_in(row.record.get("officers", "")).named
        row.record["group_key"] = group_of(row.record) or group_of_people(people)

    def _refused(self, row: Row, *names: str) -> bool:
        return any(fault.field in names for fault in row.reasons)

    def _check_day(self, row: Row, ground: Ground) -> None:
        record = row.record
        day, _, hour = record.get("visited_on", "").partition(" ")
        if not day:
            if not self._refused(row, "visited_on"):
                row.reasons.append(self._fault("visited_on", "date_missing", "不能为空，请填写检查日期。"))
            return
        record["visited_on"] = day
        if hour and "slot" not in record and not self._refused(row, "slot"):
            record["slot"] = hour
        if day > ground.today_in_iso:
            row.reasons.append(self._fault("visited_on", "date_range", "在今天之后，请核对。", before=day))

    def _check_slot(self, row: Row) -> None:
        """A time gives the part of the day and is kept as the beginning (and end) of the visit."""
        record = row.record
        slot = record.get("slot")
        if slot is None:
            if not self._refused(row, "slot"):
                row.reasons.append(self._fault("slot", "slot_missing", "请填写上午、下午或晚上，或检查开始时间。"))
            return
        if slot not in Slot.values:
            times = times_in(slot)
            record["slot"] = slot_of(times[0]).value
            record["started"] = f"{times[0]:%H:%M}"
            if len(times) > 1:
                record["ended"] = f"{times[1]:%H:%M}"

    def _check_kind(self, row: Row) -> None:
        if "kind" not in row.record:
            if not self._refused(row, "kind"):
                row.record["kind"] = VisitKind.ROUTINE.value
                text = "没有填写，按日常检查登记。"
                row.warnings.append(self._fault("kind", "kind_assumed", text, after=VisitKind.ROUTINE.label))
        elif row.record["kind"] not in OFFICIAL:
            text = "监督员走访由监督员本人填报，不能批量导入；只有汇总数的请用“历史汇总”。"
            row.reasons.append(self._fault("kind", "kind_not_official", text, before=VisitKind.SUPERVISOR.label))

    def _check_people(self, row: Row) -> None:
        """Names and number have to agree; whoever is not named counts in 人次 all the same."""
        record = row.record
        if self._refused(row, "officers", "people"):
            return
        people = people_in(record.get("officers", ""))
        in_all = int(record["people"]) if "people" in record else people.in_all
        if in_all is not None and people.in_all is not None and in_all != people.in_all:
            text = f"写的是“等{people.in_all}人”，人数填的是{in_all}，请核对。"
            row.reasons.append(self._fault("people", "people_differ", text, before=str(in_all)))
            return
        if in_all is not None and in_all < len(people.named):
            text = f"填的是{in_all}，检查人员却有{len(people.named)}名，请核对。"
            row.reasons.append(self._fault("people", "people_differ", text, before=str(in_all)))
            return
        record["unnamed"] = max(in_all or 0, len(people.named)) - len(people.named)
        present = len(people.named) + record["unnamed"]
        needed = OFFICERS_NEEDED if record.get("kind") in ENFORCEMENT else 1
        if present < needed:
            text = f"{VisitKind(record.get('kind', VisitKind.ROUTINE)).label}须有{needed}名以上人员，现为{present}名。"
            hint = "没有姓名的请填“人数”。" if not people.named else ""
            row.reasons.append(self._fault("officers", "officers_few", text + hint))
        elif record["unnamed"]:
            text = f"有{record['unnamed']}人没有姓名，计入人次，不计入人数。"
            row.warnings.append(self._fault("people", "officers_unnamed", text))

    def _check_problem(self, row: Row) -> None:
        record = row.record
        if "problem" not in record:
            for name in ("aspect", "severity"):
                if value := record.pop(name, None):
                    shown = self.resource.columns[name].shown(value)
                    text = "没有填写发现的问题，因此未采用。"
                    row.warnings.append(self._fault(name, "no_problem", text, before=shown))
            return
        if "aspect" not in record and not self._refused(row, "aspect"):
            meant = dict.fromkeys(aspect_in(text).label for text in problems_in(record["problem"]))
            words = "、".join(meant)
            text = f"没有填写，按问题的内容判断为{words}。"
            row.warnings.append(self._fault("aspect", "aspect_assumed", text, after=words))
        if "severity" not in record and not self._refused(row, "severity"):
            record["severity"] = Severity.LIGHT.value
            text = f"没有填写，按“{Severity.LIGHT.label}”登记。"
            row.warnings.append(self._fault("severity", "severity_assumed", text, after=Severity.LIGHT.label))

    def _check_outcome(self, row: Row) -> None:
        record = row.record
        if self._refused(row, "outcome", "problem"):
            return
        found = bool(problems_in(record.get("problem", "")))
        if "outcome" not in record:
            meant = Outcome.FOLLOW_UP if found else Outcome.CLEAN
            record["outcome"] = meant.value
            text = f"没有填写，按“{meant.label}”登记。"
            row.warnings.append(self._fault("outcome", "outcome_assumed", text, after=meant.label))
        elif found and record["outcome"] in PROBLEM_FREE:
            label = Outcome(record["outcome"]).label
            text = f"有发现的问题，处理结果不能是“{label}”，请核对。"
            row.reasons.append(self._fault("outcome", "outcome_conflict", text, before=label))

    # -- the visit -----------------------------------------------------------------------------------------------
    def key(self, record: dict[str, Any]) -> str:
        return key_of_visit(record)

    def key_message(self) -> str:
        return "机构、日期、时段和检查组"

    def find(self, rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Existing]:
        """The visit that a row speaks of is never changed: what the row says otherwise is told."""
        stored = visits_of_days([row.record for row in rows])
        found = {}
        for position, row in enumerate(rows):
            here = stored.get(key_of_visit({**row.record, "group_key": ""}), {})
            visit = here.get(row.record["group_key"])
            if visit is not None:
                row.warnings.extend(self._differences(row, visit))
                key = {name: row.record.get(name) for name in ("institution", "unlicensed", "visited_on", "slot")}
                record = {name: value for name, value in key.items() if value} | {"group_key": visit.group_key}
                found[position] = Existing(visit.pk, visit.jurisdiction_id, record)
            elif here:
                numbers = "、".join(sorted(each.number for each in here.values())[:3])
                text = f"同一天同一时段已有另一组的检查记录{numbers}，请核对是不是同一次检查。"
                row.warnings.append(Fault("other_group", "", text))
        return found

    def _differences(self, row: Row, visit: Visit) -> Iterator[Fault]:
        for name in ("kind", "outcome"):
            if row.record[name] != getattr(visit, name):
                shown = self.resource.columns[name].shown
                text = f"已登记为{visit.number}，检查记录不能改；如登记有误，请先作废再导入。"
                before, after = shown(row.record[name]), shown(getattr(visit, name))
                yield self._fault(name, "visit_differs", text, before=before, after=after)

    def write(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        write_visits(batch=batch, by=by, at=at)

    def refuse_undo(self, batch: Batch, *, lock: bool = False) -> dict[int, str]:
        return visits_to_keep(batch, lock=lock)

    def url_of(self, subject_id: int) -> str:
        return reverse("admin:inspections_visit_change", args=[subject_id])

    def list_url(self) -> str:
        return reverse("admin:inspections_visit_changelist")

    def undo(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        take_back_visits(batch=batch, by=by, at=at)


def _at_address(found: list[Subject], address: str | None) -> list[Subject]:
    """Those of several sites of one name whose address is the row's, or holds it; all when that tells nothing."""
    if not address:
        return found
    wanted = key_of(address)
    exact = [each for each in found if key_of(each.address) == wanted]
    near = [each for each in found if wanted in key_of(each.address) or key_of(each.address) in wanted]
    return exact or near or found


VISITS = VisitTarget()
