"""From what a phone sent to the report that the operation knows. Reads only; what is wrong is said in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from foundation.accounts.models import Post
from foundation.core.actor import Actor
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.scope import covers
from foundation.photos.intake import Taken
from foundation.photos.operations import Sent
from foundation.photos.places import CoarsePlace, coarse
from inspections.enums import Outcome, VisitKind
from inspections.models import Campaign, ChecklistVersion, Visit
from inspections.queries.campaigns import running
from inspections.reports import HeadCount, OnSite, Picture, VisitReport
from institutions.models import Institution, UnlicensedSite

from .serializers import ReportSerializer

MOST_PHOTOS = 20
UNREADABLE = "这份检查表没有传完整，请再传一次。"
WORDS = {
    "client_id": "表单编号", "user": "填写人", "kind": "检查类型", "subject": "检查对象", "visited_on": "检查日期",
    "slot": "时段", "started_at": "开始时间", "ended_at": "结束时间", "checklist": "检查清单", "answers": "逐项结果",
    "notes": "问题说明", "photos": "照片", "place": "位置", "no_place_reason": "没有定位的原因", "pupils": "现场学生",
    "teachers": "现场教师", "dispersed": "清散学生", "outcome": "检查结论", "remark": "情况说明",
    "accompanied_by": "陪同人员", "statement": "机构的说明", "officers": "同行人员", "campaigns": "专项行动",
}  # fmt: skip


class NotYours(APIException):
    """404: the place is not, or no longer, in the person's area; said kindly, with who has it now."""

    status_code = 404
    default_code = "not_yours"
    default_detail = "这家机构已不在您的片区，这次检查没有登记。"

    def __init__(self, now_with: str = "") -> None:
        super().__init__()
        self.now_with = now_with


def read_report(request: Request) -> dict[str, Any]:
    """The field ``report`` of the form, checked field by field. Raises InvalidInput with all that is wrong."""
    try:
        sent = json.loads(request.data.get("report", ""))
    except (ValueError, TypeError) as error:
        raise InvalidInput(UNREADABLE, code="report") from error
    serializer = ReportSerializer(data=sent)
    if not serializer.is_valid():
        faults = {name: list(_sentences(found)) for name, found in serializer.errors.items()}
        named = "、".join(WORDS.get(name, name) for name in faults)
        raise InvalidInput(f"请检查：{named}。", code="report", fields=faults)
    return serializer.validated_data


def _sentences(found: Any) -> Iterator[str]:
    if isinstance(found, Mapping):
        for each in found.values():
            yield from _sentences(each)
    elif isinstance(found, list):
        for each in found:
            yield from _sentences(each)
    else:
        yield str(found)


def own_draft(sent: Mapping[str, Any], actor: Actor) -> None:
    """A draft is sent by the person who wrote it and nobody else. Raises Conflict."""
    if sent["user"] != actor.user_id:
        raise Conflict("这份检查表是另一个账号写的，请用那个账号登录后再上传。", code="other_account")


def filed_before(sent: Mapping[str, Any], actor: Actor) -> Visit | None:
    """The record that this very form made when it was sent earlier: its receipt is given again."""
    return Visit.objects.filter(client_id=sent["client_id"], filed_by=actor.user_id).first()


def report_of(sent: Mapping[str, Any], actor: Actor) -> VisitReport:
    """The report. Raises NotYours, InvalidInput (an unknown checklist or colleague)."""
    place = coarse(sent["place"]["lat"], sent["place"]["lon"]) if sent["place"] else None
    return VisitReport(
        client_id=sent["client_id"],
        kind=VisitKind(sent["kind"]),
        subject=_subject(sent["subject"], actor),
        visited_on=sent["visited_on"],
        slot=sent["slot"],
        outcome=Outcome(sent["outcome"]),
        officers=_officers([each["post"] for each in sent["officers"]], actor),
        checklist=_checklist(sent["checklist"]),
        answers=sent["answers"],
        notes={code: note for code, note in sent["notes"].items() if note.strip()},
        started_at=sent["started_at"],
        ended_at=sent["ended_at"],
        covert=sent["covert"] or sent["kind"] == VisitKind.COVERT,
        remark=sent["remark"],
        accompanied_by=sent["accompanied_by"],
        statement=sent["statement"],
        **{name: HeadCount(sent[name], sent[f"{name}_at_least"]) for name in ("pupils", "teachers", "dispersed")},
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        no_place_reason="" if place else sent["no_place_reason"],
    )


def uploads_of(sent: Mapping[str, Any], request: Request) -> list[UploadedFile]:
    """The file of each photo that the report names, in its order. Raises InvalidInput when one did not arrive."""
    found = [request.FILES.get(f"photo-{photo['client_id']}") for photo in sent["photos"]]
    if None in found or len(found) > MOST_PHOTOS:
        message = f"照片没有传完整，请再传一次。一次最多{MOST_PHOTOS}张。"
        raise InvalidInput(message, code="photos", fields={"photos": [message]})
    return found


def pictures_of(sent: Mapping[str, Any], taken: list[Taken]) -> tuple[Picture, ...]:
    """The photos that were taken in, with what the phone says of each."""
    return tuple(
        Picture(Sent(file, photo["client_id"], photo["taken_at"], _coarse(photo)), photo["code"])
        for photo, file in zip(sent["photos"], taken, strict=True)
    )


def _coarse(photo: Mapping[str, Any]) -> CoarsePlace | None:
    if photo["lat"] is None or photo["lon"] is None:
        return None
    return coarse(photo["lat"], photo["lon"])


def _subject(sent: Mapping[str, Any], actor: Actor) -> Institution | UnlicensedSite:
    """The place, in the actor's area; an institution that was merged meanwhile is the one that it became."""
    if sent["kind"] == "unlicensed":
        site = UnlicensedSite.objects.visible_to(actor).filter(pk=sent["id"]).first()
        if site is None:
            raise NotYours
        return site
    found = (
        Institution.objects.select_related("merged_into", "jurisdiction")
        .filter(pk=sent["id"], withdrawn_at__isnull=True)
        .first()
    )
    if found is None:
        raise NotYours
    institution = found.merged_into or found
    if not covers(actor, institution):
        raise NotYours(_holder(institution, actor))
    return institution


def _holder(institution: Institution, actor: Actor) -> str:
    """Where the institution belongs now: its town when that is in the same area, else its county."""
    if institution.jurisdiction_id in actor.scope:
        return institution.division.name
    return institution.jurisdiction.name


def _checklist(pk: int) -> ChecklistVersion:
    version = ChecklistVersion.objects.select_related("checklist").filter(pk=pk).first()
    if version is None:
        raise InvalidInput("没有这一版检查清单。", code="checklist", fields={"checklist": ["没有这一版检查清单。"]})
    return version


def _officers(posts: list[int], actor: Actor) -> tuple[OnSite, ...]:
    """The actor and those who went along, each in the post that was ticked."""
    wanted = {*posts, actor.post_id}
    rows = Post.objects.filter(Q(pk=actor.post_id) | Q(pk__in=posts, organ__jurisdiction__in=actor.scope))
    found = {post.pk: post for post in rows.select_related("user", "organ")}
    if missing := wanted - found.keys():
        raise InvalidInput(
            f"有{len(missing)}名同行人员已不在名册中，请重新选择。",
            code="officers",
            fields={"officers": ["请重新选择。"]},
        )
    own = found.pop(actor.post_id)
    others = [OnSite.of_post(post) for pk, post in sorted(found.items()) if post.user_id != own.user_id]
    return (OnSite.of_post(own), *others)


def campaigns_of(sent: Mapping[str, Any], actor: Actor) -> list[Campaign]:
    """The campaigns that the form names, as far as the actor may count visits in them."""
    return list(running(actor).filter(pk__in=sent["campaigns"]))
