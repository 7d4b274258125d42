"""Editions of the lists and what they changed, for those who keep a copy and for those who check."""

from __future__ import annotations

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.core import clock
from foundation.core.api import NOT_FOUND
from listings.enums import ListKind
from publicity import changes, editions, queries

from . import parameters
from .documenting import AFTER, documented, in_path, in_query
from .serializers import EditionSerializer, IssuesSerializer, ListChangesSerializer
from .views import PAGE, OpenData, answer, kind_of

KIND = in_path("kind", "名单", enum=ListKind.values)
MOST = 999_999_999  # editions


class EditionsView(OpenData):
    """All editions of a list, the newest first."""

    @extend_schema(
        operation_id="editions",
        summary="名单的各期",
        parameters=[KIND, in_query("after", "上一页返回的 next_after", pattern="^[1-9][0-9]*$")],
        responses=documented(IssuesSerializer, 404),
    )
    def get(self, request: Request, kind: str) -> Response:
        listing, query = kind_of(kind), parameters.given(request, "after")
        before = parameters.number(query, "after", most=MOST) if "after" in query else None
        found = editions.issues_before(listing.value, before, size=PAGE + 1)
        after = str(found[PAGE - 1].no) if len(found) > PAGE else ""
        page = answer(clock.today(), next_after=after, results=found[:PAGE])
        return Response(IssuesSerializer(page).data)


class EditionView(OpenData):
    """One edition: what it changed and why, and where all that it says can be had."""

    @extend_schema(
        operation_id="edition",
        summary="名单的一期",
        description=(
            "changes 是本期的变动和事由；本期的全部内容在 lines 所示的 CSV 中，sha256 可据此重新计算："
            "每家机构一行规范 JSON，按公开编号排列，每行前加8字节长度。docs/verify_edition.py 就是这样核对的。"
        ),
        parameters=[KIND, in_path("no", "期号", pattern="^[1-9][0-9]{0,8}$"), AFTER],
        responses=documented(EditionSerializer, 404),
    )
    def get(self, request: Request, kind: str, no: str) -> Response:
        listing, query = kind_of(kind), parameters.given(request, "after")
        if not no.isdecimal() or not no.isascii() or len(no) > len(str(MOST)):
            raise NotFound(NOT_FOUND)
        edition = editions.find(listing.value, int(no))
        if edition is None:
            raise NotFound(NOT_FOUND)
        found, after = _changes(listing, since=edition.no - 1, upto=edition.no, after=query.get("after", ""))
        page = answer(
            clock.local_date(edition.cut_off),
            edition=queries.as_issue(edition),
            lines=reverse("publicity:edition_csv", args=[listing.value, edition.no]),
            next_after=after,
            changes=found,
        )
        return Response(EditionSerializer(page).data)


class ListChangesView(OpenData):
    """What changed on a list after an edition, exactly."""

    @extend_schema(
        operation_id="list_changes",
        summary="某一期之后名单的全部变动",
        description=(
            "从 since 那期的内容开始，逐条照做(列入、移出)，即得 edition 那期的内容；不写 since 时从空的名单开始。"
        ),
        parameters=[KIND, in_query("since", "期号", type="integer", minimum=0, default=0), AFTER],
        responses=documented(ListChangesSerializer, 404),
    )
    def get(self, request: Request, kind: str) -> Response:
        listing, query = kind_of(kind), parameters.given(request, "since", "after")
        latest = queries.latest_no(listing.value)
        since = parameters.number(query, "since", most=latest)
        found, after = _changes(listing, since=since, upto=latest, after=query.get("after", ""))
        page = answer(clock.today(), kind=listing, since=since, edition=latest, next_after=after, changes=found)
        return Response(ListChangesSerializer(page).data)


def _changes(listing: ListKind, *, since: int, upto: int, after: str):
    try:
        return changes.of_list(listing.value, since=since, upto=upto, after=after, size=PAGE)
    except changes.OddPlace as odd:
        raise parameters.bad_place() from odd
