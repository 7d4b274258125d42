"""What the papers say of a visit: the party, who went and when, what was found, head-counts and photos."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from foundation.documents.codes import spaced
from institutions.queries import in_charge_of

from .enums import Answer, FindingState
from .models import Visit, VisitPhoto
from .reports import HeadCount

TOLD = (
    "检查人员已出示执法证件，并说明本次检查的内容和依据。被检查单位应当如实提供情况和有关资料，不得拒绝、阻挠。"
    "被检查单位有权陈述和申辩；认为检查人员与本次检查有利害关系的，有权申请回避。"
)


def party_fields(visit: Visit) -> dict[str, object]:
    """Whom a visit was about, who went, when and where; what the visit does not say stays empty."""
    party, officers = visit.subject, list(visit.officers.order_by("pk"))
    organs = dict.fromkeys(officer.organ_name for officer in officers if officer.organ_name)
    return {
        "party_name": visit.subject_name,
        "party_code": party.credit_code or "",
        "party_address": party.address,
        "person_in_charge": in_charge_of(party),
        "visited_on": visit.visited_on,
        "started": _clock_text(visit.started_at),
        "ended": _clock_text(visit.ended_at),
        "place": visit.address or party.address,
        "visit_number": visit.number,
        "organs": list(organs) or [visit.organ.name if visit.organ else "________"],
        "officers": [_with_certificate(officer) for officer in officers],
        "accompanied_by": visit.accompanied_by,
    }


def _with_certificate(officer) -> str:
    return f"{officer}（执法证{officer.certificate_no}）" if officer.certificate_no else f"{officer}（执法证________）"


def _clock_text(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y年%m月%d日%H时%M分}" if at else ""


def situation_of(visit: Visit) -> str:
    """How the checklist was answered, what the visit came to, and what its officers wrote."""
    lines = []
    if visit.checklist is not None:
        counts = [(label, sum(given == value for given in visit.answers.values())) for value, label in Answer.choices]
        told = "、".join(f"“{label}”{number}项" for label, number in counts if number)
        lines.append(f"按检查清单《{visit.checklist}》检查{visit.answered}项：{told}。")
    lines.append(f"检查结论：{visit.get_outcome_display()}。")
    return "\n".join([*lines, visit.remark]).strip()


def found_rows(visit: Visit) -> list[list[str]]:
    """What was found and nobody has dismissed, in the order of the checklist."""
    found = visit.findings.exclude(state=FindingState.DISMISSED).order_by("code", "pk")
    return [[row.code or "—", row.text, row.note or "________"] for row in found]


def heads_text(visit: Visit) -> str:
    """学生12余人，教师3人，清散学生12余人: what was counted, each with its 余."""
    counts = {
        "学生": HeadCount(visit.pupils, visit.pupils_at_least),
        "教师": HeadCount(visit.teachers, visit.teachers_at_least),
        "清散学生": HeadCount(visit.dispersed, visit.dispersed_at_least),
    }
    told = "，".join(f"{label}{count}" for label, count in counts.items() if str(count))
    return f"{told}。" if told else ""


def photo_rows(visit: Visit) -> list[list[str]]:
    """The photos of a visit: which item each shows, when it was taken, and the start of its original's hash."""
    held = VisitPhoto.objects.filter(visit=visit).select_related("photo").order_by("code", "pk")
    return [
        [
            str(number),
            row.code or "现场",
            _clock_text(row.photo.taken_at) or "________",
            spaced(row.photo.sha256[:16]),
        ]
        for number, row in enumerate(held, start=1)
    ]
