"""The open-data interface: read only, public fields only."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.core.api import Public
from listings.enums import STANDING, ListKind

from . import chips, queries
from .moments import moment_of
from .rows import shelf_rows
from .shelves import Asked

PAGE = 50


class VerdictSerializer(serializers.Serializer):
    word = serializers.CharField(help_text="状态，如：正常·白名单")
    sentence = serializers.CharField(help_text="一句话说明")


class ListedSerializer(serializers.Serializer):
    """One institution on a list."""

    public_id = serializers.CharField(help_text="公开编号")
    name = serializers.CharField(help_text="机构名称")
    credit_code = serializers.CharField(help_text="统一社会信用代码")
    county = serializers.CharField(help_text="管辖区域")
    category = serializers.CharField(help_text="培训类别")
    stages = serializers.CharField(help_text="学段")
    legal_type = serializers.CharField(help_text="法人性质")
    address = serializers.CharField(help_text="核准办学地址")
    permit_until = serializers.DateField(allow_null=True, help_text="许可有效期至，空为长期或未登记")
    bank = serializers.CharField(help_text="监管银行")
    account_tail = serializers.CharField(help_text="专户尾号")
    since = serializers.DateField(allow_null=True, help_text="列入日期")
    until = serializers.DateField(allow_null=True, help_text="期限至")
    reason = serializers.CharField(help_text="列入事由")
    verdict = VerdictSerializer()


class IssueSerializer(serializers.Serializer):
    no = serializers.IntegerField(help_text="期号")
    cut_off = serializers.DateTimeField(help_text="截至时间")
    entries = serializers.IntegerField(help_text="在列家数")
    sha256 = serializers.CharField(help_text="内容校验值")


class ListPageSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=ListKind.choices)
    edition = IssueSerializer(allow_null=True)
    count = serializers.IntegerField(help_text="在列家数")
    next_after = serializers.CharField(allow_blank=True, help_text="下一页的 after，空为最后一页")
    results = ListedSerializer(many=True)


class RefusalSerializer(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()


class ListView(APIView):
    """One page of the white or the black list, by name."""

    authentication_classes: tuple = ()
    permission_classes = (Public,)

    @extend_schema(
        operation_id="public_list",
        summary="黑白名单",
        parameters=[
            OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=ListKind.values),
            OpenApiParameter("after", str, description="上一页返回的 next_after"),
        ],
        responses={200: ListPageSerializer, 429: OpenApiResponse(RefusalSerializer, "请求过于频繁")},
    )
    def get(self, request: Request, kind: str) -> Response:
        asked = Asked(STANDING[ListKind(kind)], moment_of({}))
        found, after = shelf_rows(asked, after=request.query_params.get("after", "")[:20], size=PAGE)
        page = {
            "kind": kind,
            "edition": queries.issue_of(kind),
            "count": chips.number(asked),
            "next_after": after,
            "results": found,
        }
        response = Response(ListPageSerializer(page).data)
        response.headers["Cache-Control"] = "public, max-age=1"
        return response
