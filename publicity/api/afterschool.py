"""Selected providers of after-school services as open data: those shown, and what changed on which day."""

from __future__ import annotations

import re

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.core import clock
from publicity import selections

from . import parameters
from .documenting import AFTER, documented, in_query
from .serializers import SelectionsSerializer
from .views import PAGE, OpenData, answer


class SelectionsView(OpenData):
    """Selections by public id; or what changed in them."""

    @extend_schema(
        operation_id="afterschool_providers",
        summary="课后服务机构遴选名单，或其中的变动",
        description=(
            "不带 changed_since 时列出与课后服务页面相同的遴选结果：有效、已到期和已退出的，以 state 区分。"
            "带 changed_since 时列出该日以来入选、生效、到期和退出的；gone 为真的已从名录撤回，请从自己的副本中删去。"
        ),
        parameters=[
            in_query("county", "区域代码，取值见 areas", pattern="^[0-9]{6}$"),
            AFTER,
            in_query("changed_since", "日期；只能与 after 同用", format="date"),
        ],
        responses=documented(SelectionsSerializer),
    )
    def get(self, request: Request) -> Response:
        query = parameters.given(request, "county", "after", "changed_since")
        after, today = query.get("after", ""), clock.today()
        if after and not re.fullmatch(parameters.PUBLIC_ID, after):
            raise parameters.bad_place()
        try:
            if since := parameters.changed_since(query):
                changes, rows, following = selections.changed_since(since, on=today, after=after, size=PAGE)
                found = answer(today, count=None, next_after=following, results=rows, changes=changes)
            else:
                county = parameters.county(query)
                rows, following = selections.page(on=today, county=county, after=after, size=PAGE)
                number = selections.number(on=today, county=county)
                found = answer(today, count=number, next_after=following, results=rows, changes=[])
        except selections.OddPlace as odd:
            raise parameters.bad_place() from odd
        return Response(SelectionsSerializer(found).data)
