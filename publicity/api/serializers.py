"""The shapes of the answers. They show what ``shown`` holds; nobody sends anything."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.serializers import BooleanField, CharField, DateField, DateTimeField, IntegerField, Serializer

from listings.enums import Change, ListKind
from publicity.changes import GONE
from publicity.penalties import GONE as GONE_PENALTIES


class RefusalSerializer(Serializer):
    """Any answer but 200 and 304."""

    code = CharField(help_text="给程序看的代码")
    message = CharField(help_text="给人看的说明")


class AnswerSerializer(Serializer):
    licence = CharField(help_text="使用条件")
    as_of = DateField(help_text="所回答的是哪一天的情况")


class VerdictSerializer(Serializer):
    word = CharField(help_text="状态，如：正常·白名单")
    sentence = CharField(help_text="一句话说明")


class RowSerializer(Serializer):
    """One institution as everywhere on the site."""

    public_id = CharField(help_text="公开编号")
    page = CharField(source="href", help_text="网页地址(本站路径)")
    name = CharField(help_text="机构名称")
    trade_name = CharField(help_text="对外名称(招牌)，与机构名称相同时为空")
    credit_code = CharField(help_text="统一社会信用代码，未登记时为空")
    county = CharField(help_text="管辖区域")
    county_code = CharField(help_text="管辖区域代码")
    category = CharField(help_text="培训类别")
    stages = CharField(help_text="学段")
    legal_type = CharField(help_text="法人性质")
    address = CharField(help_text="核准办学地址")
    permit_until = DateField(allow_null=True, help_text="许可有效期至，空为长期或未登记")
    bank = CharField(help_text="监管银行")
    account_tail = CharField(help_text="专户尾号")
    verdict = VerdictSerializer()


class ListedSerializer(RowSerializer):
    """One institution on a list; elsewhere the last three are empty."""

    since = DateField(allow_null=True, help_text="列入日期")
    until = DateField(allow_null=True, help_text="期限至")
    reason = CharField(help_text="列入事由")


class ChangedSerializer(Serializer):
    public_id = CharField(help_text="公开编号")
    changed_at = DateTimeField(help_text="公开内容最近一次变更的时间")
    gone = serializers.ChoiceField(choices=GONE, allow_blank=True, help_text="不再公开的原因，空为仍公开")
    merged_into = CharField(allow_null=True, help_text="并入了哪一家(公开编号)")


class InstitutionsSerializer(AnswerSerializer):
    count = IntegerField(allow_null=True, help_text="共多少家；超过500家的搜索和查变更时为空")
    next_after = CharField(help_text="下一页的 after，空为最后一页")
    results = ListedSerializer(many=True)
    next_changed_since = DateTimeField(
        allow_null=True, help_text="查变更时：读完各页后，下次的 changed_since(已含15分钟重叠)"
    )
    changes = ChangedSerializer(many=True, help_text="查变更时：按变更时间列出，含不再公开的；仍公开的内容在 results")


class PermitSerializer(Serializer):
    kind = CharField(help_text="许可种类")
    number = CharField(help_text="许可编号")
    issuer = CharField(help_text="审批机关")
    valid_from = DateField(allow_null=True, help_text="有效期起")
    valid_to = DateField(allow_null=True, help_text="有效期至，空为长期")
    in_force = BooleanField(help_text="今天是否有效")


class CampusSerializer(Serializer):
    name = CharField(help_text="教学点名称")
    address = CharField(help_text="教学点地址")


class CourseSerializer(Serializer):
    name = CharField(help_text="课程")
    stage = CharField(help_text="学段")
    mode = CharField(help_text="形式")
    minutes = IntegerField(help_text="每课时分钟数")
    fee = CharField(help_text="每课时公示价(元)")


class DecisionSerializer(Serializer):
    label = CharField(help_text="名单")
    reason = CharField(help_text="列入事由")
    basis = CharField(help_text="依据")
    organ = CharField(help_text="公布单位")
    since = DateField(help_text="列入日期")
    until = DateField(allow_null=True, help_text="期限至")


class BureauSerializer(Serializer):
    name = CharField(help_text="主管部门")
    phone = CharField(help_text="举报电话")
    mailbox = CharField(help_text="举报邮箱")


class ThenSerializer(Serializer):
    verdict = VerdictSerializer()
    decision = DecisionSerializer(allow_null=True)


class PastSerializer(Serializer):
    on = DateField(help_text="所查的日期")
    known_on = DateField(allow_null=True, help_text="按哪一天掌握的情况，空为按现在掌握的情况")
    now = ThenSerializer(help_text="按 known_on(空为现在)掌握的情况")
    then = ThenSerializer(help_text="按当天掌握的情况")
    differ = BooleanField(help_text="两者是否不同，即事后有补录或更正")
    address = CharField(help_text="当天的核准办学地址")


class GradeSerializer(Serializer):
    letter = serializers.ChoiceField(choices=["A", "B", "C", "D"], help_text="诚信评价等级")
    since = DateField(help_text="自何日起")
    reason = CharField(help_text="评定事由，如 2025年度诚信评价")


class PenaltyRowSerializer(Serializer):
    """One published decision as in the list."""

    public_id = CharField(help_text="公示的公开编号")
    page = CharField(source="href", help_text="网页地址(本站路径)")
    number = CharField(help_text="决定书文号")
    party = CharField(help_text="当事人，自然人只写姓氏")
    party_code = CharField(help_text="当事人的统一社会信用代码，自然人和未登记的为空")
    institution = CharField(help_text="当事人的机构页面(本站路径)，没有时为空")
    county = CharField(help_text="区域")
    county_code = CharField(help_text="区域代码")
    organ = CharField(help_text="处罚机关")
    violation = CharField(help_text="违法行为")
    kinds = CharField(help_text="处罚种类")
    decided_on = DateField(help_text="决定日期")
    published_on = DateField(help_text="公开日期")
    until = DateField(help_text="公开至；期满不得继续公布")


class PenaltyChangeSerializer(Serializer):
    public_id = CharField(help_text="公示的公开编号")
    changed_on = DateField(help_text="公开、撤下或期满的日期")
    gone = serializers.ChoiceField(choices=GONE_PENALTIES, allow_blank=True, help_text="不再公开的原因，空为仍公开")


class PenaltiesSerializer(AnswerSerializer):
    count = IntegerField(allow_null=True, help_text="共多少件；查变动时为空")
    next_after = CharField(help_text="下一页的 after，空为最后一页")
    results = PenaltyRowSerializer(many=True)
    changes = PenaltyChangeSerializer(many=True, help_text="查变动时：含撤下和期满的；仍公开的内容在 results")


class PenaltySerializer(AnswerSerializer):
    penalty = PenaltyRowSerializer(source="row")
    facts = CharField(help_text="违法事实")
    content = CharField(help_text="处罚内容")
    basis = CharField(help_text="处罚依据")
    bureau = BureauSerializer(help_text="向谁提出异议")


class SelectionSerializer(Serializer):
    """One selection of a provider."""

    public_id = CharField(help_text="遴选的公开编号")
    name = CharField(help_text="机构名称")
    credit_code = CharField(help_text="统一社会信用代码")
    institution = CharField(source="href", help_text="机构页面(本站路径)，不在名录的为空")
    county = CharField(help_text="遴选单位的区域")
    county_code = CharField(help_text="区域代码")
    kind = CharField(help_text="机构种类")
    services = CharField(help_text="服务内容，未登记时为空")
    round = CharField(help_text="遴选批次")
    selected_on = DateField(help_text="遴选日期")
    starts_on = DateField(help_text="有效期起")
    ends_on = DateField(help_text="有效期止")
    exited_on = DateField(allow_null=True, help_text="退出日期，未退出时为空")
    state = CharField(help_text="有效、已到期或已退出")


class SelectionChangeSerializer(Serializer):
    public_id = CharField(help_text="遴选的公开编号")
    changed_on = DateField(help_text="最近一次变动的日期")
    gone = BooleanField(help_text="已从名录撤回，不再公布")


class SelectionsSerializer(AnswerSerializer):
    count = IntegerField(allow_null=True, help_text="共多少项；查变动时为空")
    next_after = CharField(help_text="下一页的 after，空为最后一页")
    results = SelectionSerializer(many=True)
    changes = SelectionChangeSerializer(many=True, help_text="查变动时：含已撤回的；仍公布的内容在 results")


class DrawSerializer(Serializer):
    """One draw; all of it is in its file."""

    number = CharField(help_text="抽查编号")
    page = CharField(help_text="网页地址(本站路径)")
    file = CharField(help_text="完整内容的文件(本站路径)，可以用来重算")
    title = CharField(help_text="抽查名称")
    organ = CharField(help_text="抽查单位")
    county = CharField(help_text="区域")
    county_code = CharField(help_text="区域代码")
    state = CharField(help_text="进展，如：名册已冻结、已抽取、结果已公示、已作废")
    changed_on = DateField(help_text="最近一次进展的日期")
    pool_sha256 = CharField(help_text="名册的校验值")
    number_on = DateField(help_text="公开号码的日期，冻结时约定")
    public_number = CharField(help_text="公开号码，未抽取时为空")
    published_on = DateField(allow_null=True, help_text="结果公示日期")
    replaces = CharField(help_text="重抽自哪一次，空为不是重抽")


class DrawsSerializer(AnswerSerializer):
    count = IntegerField(allow_null=True, help_text="共多少次；查变动时为空")
    next_after = CharField(help_text="下一页的 after，空为最后一页")
    results = DrawSerializer(many=True)


class InstitutionSerializer(AnswerSerializer):
    """All that the page of one institution says."""

    institution = RowSerializer(source="row")
    status_since = DateField(allow_null=True, help_text="当前状态自何日起")
    mode = CharField(help_text="培训形式")
    legal_person = CharField(help_text="法定代表人，只显示姓，如 陈**")
    hours = CharField(help_text="培训时间")
    public_phone = CharField(help_text="机构公开电话")
    licence_status = CharField(help_text="证照情况")
    permits = PermitSerializer(many=True)
    campuses = CampusSerializer(many=True)
    courses = CourseSerializer(many=True)
    former_names = serializers.ListField(child=CharField(), help_text="曾用名")
    decision = DecisionSerializer(allow_null=True, help_text="在名单中时：事由、依据、公布单位、期限")
    grade = GradeSerializer(allow_null=True, help_text="诚信评价等级，未评级时为空")
    penalties = PenaltyRowSerializer(many=True, help_text="公开中的行政处罚")
    bureau = BureauSerializer(help_text="向谁反映")
    past = PastSerializer(allow_null=True, help_text="用 on 查过去某一天时")


class IssueSerializer(Serializer):
    kind = serializers.ChoiceField(choices=ListKind.choices)
    no = IntegerField(help_text="期号")
    cut_off = DateTimeField(help_text="截至时间")
    entries = IntegerField(help_text="在列家数")
    added = IntegerField(help_text="本期列入家数")
    removed = IntegerField(help_text="本期移出家数")
    sha256 = CharField(help_text="内容校验值，算法见 docs/verify_edition.py")


class ListPageSerializer(AnswerSerializer):
    kind = serializers.ChoiceField(choices=ListKind.choices)
    known_on = DateField(allow_null=True, help_text="按哪一天掌握的情况，空为按现在掌握的情况")
    edition = IssueSerializer(allow_null=True, help_text="最新一期；查过去某一天时为空")
    count = IntegerField(allow_null=True, help_text="共多少家；超过500家的搜索为空")
    next_after = CharField(help_text="下一页的 after，空为最后一页")
    results = ListedSerializer(many=True)


class IssuesSerializer(AnswerSerializer):
    next_after = CharField(help_text="下一页的 after，空为最后一页")
    results = IssueSerializer(many=True)


class ListChangeSerializer(Serializer):
    edition = IntegerField(source="no", help_text="哪一期")
    change = serializers.ChoiceField(choices=Change.choices, help_text="列入或移出；同一期先移出后列入")
    public_id = CharField(help_text="公开编号")
    name = CharField(help_text="机构名称")
    since = DateField(help_text="列入日期")
    until = DateField(allow_null=True, help_text="期限至")
    reason = CharField(help_text="事由")
    shown = BooleanField(help_text="机构页现在是否仍公开")


class EditionSerializer(AnswerSerializer):
    edition = IssueSerializer()
    lines = CharField(help_text="本期全部内容(CSV)的地址，可据此核对校验值")
    next_after = CharField(help_text="下一页变动的 after，空为最后一页")
    changes = ListChangeSerializer(many=True)


class ListChangesSerializer(AnswerSerializer):
    kind = serializers.ChoiceField(choices=ListKind.choices)
    since = IntegerField(help_text="从哪一期之后")
    edition = IntegerField(help_text="到哪一期；下次的 since")
    next_after = CharField(help_text="下一页的 after，空为最后一页")
    changes = ListChangeSerializer(many=True, help_text="按期次先后；逐条照做即得最新一期")


class AreaSerializer(Serializer):
    code = CharField(help_text="区域代码，即 county 的取值")
    name = CharField(help_text="区域名称")
    bureau = BureauSerializer()


class AreasSerializer(AnswerSerializer):
    results = AreaSerializer(many=True)
