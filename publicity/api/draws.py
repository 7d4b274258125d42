"""Double-random draws as open data: all that are public, by number; or those that moved since a day."""

from __future__ import annotations

import re

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.core import clock
from publicity import draws

from . import parameters
from .documenting import AFTER, documented, in_query
from .serializers import DrawsSerializer
from .views import PAGE, OpenData, answer

NUMBER = r"[0-9A-Za-z-]{1,30}"


class DrawsView(OpenData):
    """Draws by number, voided ones too: a public draw never disappears."""

    @extend_schema(
        operation_id="draws",
        summary="双随机抽查，或其中有进展的",
        description=(
            "列出已冻结名册的全部抽查，包括已作废的。"
            "一次抽查的完整内容(名册、规则、结果)在 file 所指的文件里，可以重算。"
            "带 changed_since 时只列该日以来状态有变化的。抽查公开后不再撤下，按编号覆盖即可。"
        ),
        parameters=[
            in_query("county", "区域代码，取值见 areas", pattern="^[0-9]{6}$"),
            AFTER,
            in_query("changed_since", "日期；只能与 after 同用", format="date"),
        ],
        responses=documented(DrawsSerializer),
    )
    def get(self, request: Request) -> Response:
        query = parameters.given(request, "county", "after", "changed_since")
        after = query.get("after", "")
        since, county = parameters.changed_since(query), parameters.county(query)
        if after and (not re.fullmatch(NUMBER, after) or not draws.known(after)):
            raise parameters.bad_place()
        rows, following = draws.rows_after(after, county=county, since=since, size=PAGE)
        number = None if since else draws.number(county=county)
        found = answer(clock.today(), count=number, next_after=following, results=rows)
        return Response(DrawsSerializer(found).data)
