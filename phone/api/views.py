"""What the form of visits asks and sends: doors only."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from django.middleware.csrf import get_token
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.api import refusal
from foundation.photos import intake
from inspections.models import Visit
from inspections.operations.tagging import file_tagged_visit
from phone import visiting

from .manners import PhoneView
from .receiving import (
    NotYours,
    campaigns_of,
    filed_before,
    own_draft,
    pictures_of,
    read_report,
    report_of,
    uploads_of,
)
from .serializers import (
    FaultsSerializer,
    FiledSerializer,
    FormRefusalSerializer,
    NotYoursSerializer,
    PlacesOfVisitSerializer,
    StartSerializer,
    VisitFormSerializer,
)

LONGEST_WORDS = 60


def refused(*codes: int) -> dict[int, OpenApiResponse]:
    """How the answers that are no answer are described."""
    said = {
        401: "没有登录或登录已过期(login)",
        403: "岗位不使用移动端，或令牌不对(csrf)",
        409: "另一个账号写的(other_account)，或与已登记的冲突",
        413: "照片太大或太多(too_large)",
        429: "太频繁，请按 Retry-After 稍后再试",
    }
    return {code: OpenApiResponse(FormRefusalSerializer, said[code]) for code in codes}


class StartView(PhoneView):
    """All that the form needs to work without a network from here on."""

    @extend_schema(
        operation_id="phone_start",
        summary="我是谁、用哪些清单、本月任务",
        description="带 ETag；令牌在响应头 X-CSRFToken 中。除 now 外没有变化时回答304。",
        responses={200: StartSerializer, 304: OpenApiResponse(description="没有变化"), **refused(401, 403, 429)},
    )
    def get(self, request: Request) -> Response:
        known = parse_etags(request.headers.get("If-None-Match", ""))
        content = StartSerializer(start_of(request.actor)).data
        tag = f'"{hashlib.sha256(JSONRenderer().render({**content, "now": ""})).hexdigest()[:32]}"'
        headers = {"ETag": tag, "X-CSRFToken": get_token(request._request), "Cache-Control": "no-store"}
        if {tag, f"W/{tag}"} & set(known):
            return Response(status=304, headers=headers)
        return Response(content, headers=headers)


def start_of(actor: Actor) -> dict[str, Any]:
    """The content of ``start/``."""
    versions = visiting.versions_of(actor)
    kinds = visiting.kinds_of(actor, versions)
    return {
        "user": {"id": actor.user_id, "name": actor.name, "role": actor.role, "role_label": actor.role_label},
        "now": clock.now(),
        "kinds": kinds,
        "not_yet": visiting.not_yet(actor, on=clock.today()),
        "month": visiting.month_of(actor, on=clock.today()),
        "checklists": [visiting.as_checklist(version) for version in versions] if kinds else [],
        "outcomes": visiting.outcomes(),
        "colleagues": visiting.colleagues_of(actor, on=clock.today()),
        "campaigns": visiting.campaigns_of(actor),
        "mine": visiting.mine(actor),
    }


class SubjectsView(PhoneView):
    """Where one may go."""

    @extend_schema(
        operation_id="phone_subjects",
        summary="可检查的机构和未处置的无证场所",
        description="不带 q 且不超过500处时全部返回(whole 为真)，否则前50处。",
        parameters=[OpenApiParameter("q", str, description="名称、地址、编号、拼音首字母，或门口二维码中的公开编号")],
        responses={200: PlacesOfVisitSerializer, **refused(401, 403, 429)},
    )
    def get(self, request: Request) -> Response:
        words = request.query_params.get("q", "").replace("\x00", "").strip()[:LONGEST_WORDS]
        results, whole = visiting.places_for(request.actor, words)
        return Response(PlacesOfVisitSerializer({"whole": whole, "results": results}).data)


class VisitsView(PhoneView):
    """A visit arrives; the same form sent again gets the same receipt."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="phone_file_visit",
        summary="提交一次检查",
        description=(
            "同一 client_id 只登记一次，再次提交得到同一回执(200)。照片逐张一个字段，字段名为 photo-<照片的client_id>。"
        ),
        request={"multipart/form-data": VisitFormSerializer},
        responses={
            201: FiledSerializer,
            200: OpenApiResponse(FiledSerializer, "已登记过，同一回执"),
            404: OpenApiResponse(NotYoursSerializer, "不在或已不在本人片区(not_yours)"),
            422: OpenApiResponse(FaultsSerializer, "内容不全或有误"),
            **refused(401, 403, 409, 413, 429),
        },
    )
    def post(self, request: Request) -> Response:
        sent = read_report(request)
        own_draft(sent, request.actor)
        if visit := filed_before(sent, request.actor):
            return self._receipt(visit, request.actor, status=200)
        try:
            report = report_of(sent, request.actor)
        except NotYours as gone:
            said = refusal(gone.default_code, gone.default_detail)
            return Response({**said, "now_with": gone.now_with}, status=gone.status_code)
        now = clock.now()
        with intake.taking(uploads_of(sent, request)) as taken:
            report = replace(report, pictures=pictures_of(sent, taken))
            campaigns = campaigns_of(sent, request.actor)
            visit = file_tagged_visit(report=report, campaigns=campaigns, by=request.actor, at=now)
        return self._receipt(visit, request.actor, status=201 if visit.recorded_at == now else 200)

    def _receipt(self, visit: Visit, actor: Actor, *, status: int) -> Response:
        receipt = {
            "number": visit.number,
            "client_id": visit.client_id,
            "filed_at": visit.recorded_at,
            "subject": visit.subject_name,
        }
        month = visiting.month_of(actor, on=clock.today())
        return Response(FiledSerializer({"receipt": receipt, "month": month}).data, status=status)
