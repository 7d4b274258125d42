"""Published decisions as open data: those on show, and what changed on which day, for those who keep a copy."""

from __future__ import annotations

import re

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.enums import PenaltyKind
from foundation.core import clock
from foundation.core.api import NOT_FOUND
from publicity import penalties
from publicity.penalties import Wanted

from . import parameters
from .documenting import AFTER, documented, in_path, in_query
from .serializers import PenaltiesSerializer, PenaltySerializer
from .views import PAGE, OpenData, answer


class PenaltiesView(OpenData):
    """Decisions, the newest first; or what changed in them, by public id."""

    @extend_schema(
        operation_id="penalties",
        summary="行政处罚公示，或其中的变动",
        description=(
            "不带 changed_since 时列出公开中的处罚决定，与公示页面相同。"
            "带 changed_since 时列出该日以来公开、撤下和期满的；"
            "撤下和期满的只返回编号、日期和原因，请从自己的副本中删去。没有查过去某一天的条件：期满的不再公开。"
        ),
        parameters=[
            in_query("q", "当事人、决定书文号、违法行为或处罚机关", minLength=1, maxLength=60),
            in_query("county", "区域代码，取值见 areas", pattern="^[0-9]{6}$"),
            in_query("kind", "处罚种类", enum=PenaltyKind.values),
            in_query("first", "决定日期从", format="date"),
            in_query("last", "决定日期到", format="date"),
            AFTER,
            in_query("changed_since", "日期；只能与 after 同用", format="date"),
        ],
        responses=documented(PenaltiesSerializer),
    )
    def get(self, request: Request) -> Response:
        query = parameters.given(request, "q", "county", "kind", "first", "last", "after", "changed_since")
        after = query.get("after", "")
        if after and not re.fullmatch(parameters.PUBLIC_ID, after):
            raise parameters.bad_place()
        page = self._changed(query, after) if "changed_since" in query else self._listed(query, after)
        return Response(PenaltiesSerializer(page).data)

    def _listed(self, query: dict[str, str], after: str) -> dict[str, object]:
        wanted = Wanted(
            clock.today(),
            term=parameters.term(query),
            county=parameters.county(query),
            kind=parameters.choice(query, "kind", PenaltyKind.values),
            first=parameters.day(query, "first"),
            last=parameters.day(query, "last"),
        )
        try:
            rows, following = penalties.page(wanted, after=after, size=PAGE)
        except penalties.OddPlace as odd:
            raise parameters.bad_place() from odd
        return answer(wanted.on, count=penalties.number(wanted), next_after=following, results=rows, changes=[])

    def _changed(self, query: dict[str, str], after: str) -> dict[str, object]:
        today, since = clock.today(), parameters.changed_since(query)
        changes, rows, following = penalties.changed_since(since, on=today, after=after, size=PAGE)
        return answer(today, count=None, next_after=following, results=rows, changes=changes)


class PenaltyView(OpenData):
    """One decision, while it is on show."""

    @extend_schema(
        operation_id="penalty",
        summary="一件行政处罚公示",
        description="公示页面上的全部内容；期满或撤下后返回 404。",
        parameters=[in_path("public_id", "公示的公开编号", pattern=f"^{parameters.PUBLIC_ID}$")],
        responses=documented(PenaltySerializer, 404),
    )
    def get(self, request: Request, public_id: str) -> Response:
        parameters.given(request)
        known = re.fullmatch(parameters.PUBLIC_ID, public_id)
        page = penalties.find(public_id, on=clock.today()) if known else None
        if page is None:
            raise NotFound(NOT_FOUND)
        shown = {"row": page.row, "facts": page.facts, "content": page.penalty, "basis": page.basis}
        return Response(PenaltySerializer(answer(clock.today(), bureau=page.bureau, **shown)).data)
