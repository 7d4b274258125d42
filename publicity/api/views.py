"""Institutions, lists and areas as open data: the very rows of the pages, by random public ids."""

from __future__ import annotations

import re
from datetime import date

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.core import clock
from foundation.core.api import NOT_FOUND, Public
from institutions.enums import Category
from listings.enums import STANDING, ListKind
from publicity import bureaus, changes, chips, queries
from publicity.moments import moment_of
from publicity.rows import shelf_rows
from publicity.shelves import FEW, ORDERS, Asked, Shelf

from . import parameters
from .documenting import AFTER, documented, in_path, in_query
from .serializers import AreasSerializer, InstitutionSerializer, InstitutionsSerializer, ListPageSerializer

PAGE = 50  # rows (security.md 1, row 20)


class JsonAlways(BaseContentNegotiation):
    """JSON whatever a program says that it accepts, so that the answer depends on the address only."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class OpenData(APIView):
    """A view of open data: anybody reads, nobody is recognized."""

    authentication_classes: tuple = ()
    permission_classes = (Public,)
    content_negotiation_class = JsonAlways

    def head(self, request: Request, *args: object, **kwargs: object) -> Response:
        """The server leaves the content out."""
        return self.get(request, *args, **kwargs)  # type: ignore[attr-defined]


def answer(on: date, **content: object) -> dict[str, object]:
    """What every answer carries."""
    return {"licence": settings.SITE_DATA_LICENCE, "as_of": on, **content}


def kind_of(name: str) -> ListKind:
    """A list by its name. Raises NotFound."""
    if name not in ListKind.values:
        raise NotFound(NOT_FOUND)
    return ListKind(name)


def counted(asked: Asked) -> int | None:
    """How many rows there are; None when a search finds more than are counted."""
    found = chips.number(asked)
    return None if asked.term and found > FEW else found


NARROWING = [
    in_query("q", "名称、曾用名、地址、许可编号、统一社会信用代码或拼音首字母", minLength=1, maxLength=60),
    in_query("county", "区域代码，取值见 areas", pattern="^[0-9]{6}$"),
    in_query("category", "培训类别", enum=Category.values),
    AFTER,
]
MOMENT = [
    in_query("on", "查过去某一天，如 2024-04-24", format="date"),
    in_query("known", "按哪一天掌握的情况", format="date"),
]


class InstitutionsView(OpenData):
    """The directory, by name; or what changed in it, by time."""

    @extend_schema(
        operation_id="institutions",
        summary="机构名录，或其中有变更的机构",
        description=(
            "不带 changed_since 时按名称列出，与机构名录页面相同。带 changed_since 时按公开内容的变更时间列出，"
            "包括已不再公开的（撤回、并入其他机构）；读完各页后，以返回的 next_changed_since 作为下次的 changed_since。"
            "它比最后一条变更早15分钟，因此同一条可能再次返回：按公开编号覆盖即可。"
            "登记事项、许可、教学点、课程、曾用名、状态、名单、预警的变更和因日期到来的变化都算变更；"
            "区域名称和主管部门电话的变更不算，见 areas。"
        ),
        parameters=[
            in_query("state", "状态，默认在办；有 q 时默认全部", enum=Shelf.values),
            *NARROWING,
            in_query("changed_since", "带时区的时间；只能与 after 同用", format="date-time"),
        ],
        responses=documented(InstitutionsSerializer),
    )
    def get(self, request: Request) -> Response:
        query = parameters.given(request, "state", "q", "county", "category", "after", "changed_since")
        page = self._changed(query) if "changed_since" in query else self._by_name(query)
        return Response(InstitutionsSerializer(page).data)

    def _by_name(self, query: dict[str, str]) -> dict[str, object]:
        asked = parameters.asked(query, parameters.shelf(query), moment_of({}))
        rows, after = shelf_rows(asked, after=parameters.place(query, ORDERS["name"]), size=PAGE)
        nothing = {"next_changed_since": None, "changes": []}
        return answer(asked.moment.on, count=counted(asked), next_after=after, results=rows, **nothing)

    def _changed(self, query: dict[str, str]) -> dict[str, object]:
        if others := query.keys() - {"changed_since", "after"}:
            raise parameters.refused("changed_since", f"查变更时不能同时用“{min(others)}”，请取回后自行筛选。")
        since = parameters.instant(query, "changed_since")
        try:
            found = changes.institutions_since(since, after=query.get("after", ""), size=PAGE)
        except changes.OddPlace as odd:
            raise parameters.bad_place() from odd
        return answer(
            clock.today(),
            count=None,
            next_after=found.after,
            results=found.rows,
            next_changed_since=found.next_since,
            changes=found.changes,
        )


class InstitutionView(OpenData):
    """What a parent at the counter needs to know about one institution."""

    @extend_schema(
        operation_id="institution",
        summary="一家机构",
        description=(
            "机构页面上的全部内容。用 on 查过去某一天时，past 中是当天的情况："
            "按现在(或 known 那天)掌握的和按当天掌握的。"
        ),
        parameters=[in_path("public_id", "公开编号", pattern=f"^{parameters.PUBLIC_ID}$"), *MOMENT],
        responses=documented(InstitutionSerializer, 404),
    )
    def get(self, request: Request, public_id: str) -> Response:
        moment = parameters.moment(parameters.given(request, "on", "known"))
        page = queries.institution_page(public_id, moment) if re.fullmatch(parameters.PUBLIC_ID, public_id) else None
        if page is None:
            raise NotFound("没有这家机构，或其登记已撤回、已并入其他机构。")
        shown = {name: getattr(page, name) for name in page.__dataclass_fields__}
        shown["campuses"] = [{"name": name, "address": address} for name, address in page.campuses]
        shown["licence_status"] = page.licence
        shown |= answer(clock.today())
        return Response(InstitutionSerializer(shown).data)


class ListView(OpenData):
    """The white or the black list."""

    @extend_schema(
        operation_id="list",
        summary="白名单、黑名单",
        description="与黑白名单页面相同；移出的立即不再返回。",
        parameters=[
            in_path("kind", "名单", enum=ListKind.values),
            *NARROWING,
            in_query("sort", "次序", enum=list(ORDERS)),
            *MOMENT,
        ],
        responses=documented(ListPageSerializer, 404),
    )
    def get(self, request: Request, kind: str) -> Response:
        listing = kind_of(kind)
        query = parameters.given(request, "q", "county", "category", "after", "sort", "on", "known")
        moment = parameters.moment(query)
        asked = parameters.asked(query, STANDING[listing], moment)
        rows, after = shelf_rows(asked, after=parameters.place(query, ORDERS[asked.order]), size=PAGE)
        page = answer(
            moment.on,
            kind=listing,
            known_on=moment.known_on,
            edition=None if moment.asked else queries.issue_of(listing.value),
            count=counted(asked),
            next_after=after,
            results=rows,
        )
        return Response(ListPageSerializer(page).data)


class AreasView(OpenData):
    """Areas with the bureau to report to."""

    @extend_schema(
        operation_id="areas",
        summary="区域代码和主管部门",
        description="county 的取值，和各地主管部门的举报电话、邮箱。",
        responses=documented(AreasSerializer),
    )
    def get(self, request: Request) -> Response:
        parameters.given(request)
        rows = [{"code": code, "name": name, "bureau": bureau} for code, name, bureau in bureaus.areas_with_bureaus()]
        return Response(AreasSerializer(answer(clock.today(), results=rows)).data)
