"""The shapes of what the phone's form asks and sends. They parse and show; they decide nothing."""

from __future__ import annotations

from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    DictField,
    FloatField,
    IntegerField,
    ListField,
    Serializer,
    UUIDField,
)

from inspections.enums import Answer, Outcome, Slot, VisitKind

SUBJECTS = [("institution", "机构"), ("unlicensed", "无证场所")]


# -- asked -----------------------------------------------------------------------------------------------------------
class FormRefusalSerializer(Serializer):
    """Any answer that is not what was asked for."""

    code = CharField(help_text="给程序看的代码")
    message = CharField(help_text="给人看的说明")


class FaultsSerializer(FormRefusalSerializer):
    """What keeps a report from being a record, all at once."""

    fields = DictField(child=ListField(child=CharField()), help_text="各栏的问题")


class NotYoursSerializer(FormRefusalSerializer):
    now_with = CharField(help_text="现由哪里负责，不便告知时为空")


class FormKindSerializer(Serializer):
    value = CharField(help_text="检查类型代码")
    label = CharField(help_text="检查类型")
    covert = BooleanField(help_text="是否暗访")
    officers = IntegerField(help_text="至少几人，含本人；0为不要求")
    checklist = IntegerField(help_text="默认用哪一版清单")


class FormUserSerializer(Serializer):
    id = IntegerField()
    name = CharField()
    role = CharField(help_text="角色代码")
    role_label = CharField(help_text="角色")


class MonthSerializer(Serializer):
    label = CharField(help_text="月份，如2026-11")
    done = IntegerField(help_text="已完成次数")
    target = IntegerField(help_text="目标次数")
    minimum = IntegerField(help_text="至少次数")


class FormItemSerializer(Serializer):
    code = CharField()
    text = CharField()
    severity = CharField(help_text="light 轻、major 重、critical 严")
    photo = CharField(help_text="must 必、may 选、no 否")
    basis = CharField(help_text="依据")
    officer_only = BooleanField(help_text="监督员通常看不到")


class FormSectionSerializer(Serializer):
    code = CharField()
    title = CharField()
    items = FormItemSerializer(many=True)


class FormChecklistSerializer(Serializer):
    id = IntegerField(help_text="清单版本")
    name = CharField()
    number = IntegerField(help_text="第几版")
    audience = CharField(help_text="supervisors 社会监督员、officers 检查人员")
    sections = FormSectionSerializer(many=True)


class ColleagueSerializer(Serializer):
    post = IntegerField(help_text="岗位")
    name = CharField()
    organ = CharField()


class FormChoiceSerializer(Serializer):
    value = CharField()
    label = CharField()


class FormCampaignSerializer(Serializer):
    id = IntegerField()
    name = CharField()


class MineSerializer(Serializer):
    number = CharField(help_text="检查编号")
    subject = CharField(help_text="检查对象")
    visited_on = DateField()
    findings = CharField(help_text="发现的问题现在怎样，如：待核实1项")


class StartSerializer(Serializer):
    user = FormUserSerializer()
    now = DateTimeField(help_text="系统时间")
    kinds = FormKindSerializer(many=True)
    not_yet = CharField(allow_blank=True, help_text="监督员为什么现在不能走访，能走访的为空")
    month = MonthSerializer(allow_null=True, help_text="本月任务，没有月度任务的岗位为空")
    checklists = FormChecklistSerializer(many=True)
    outcomes = FormChoiceSerializer(many=True)
    colleagues = ColleagueSerializer(many=True)
    campaigns = FormCampaignSerializer(many=True)
    mine = MineSerializer(many=True)


class PlaceOfVisitSerializer(Serializer):
    """A place to go to; nothing of persons, money or pupils."""

    kind = CharField(help_text="institution 机构、unlicensed 无证场所")
    id = IntegerField()
    name = CharField()
    trade_name = CharField(help_text="招牌；无证场所为编号")
    address = CharField()
    town = CharField()
    category = CharField()
    public_id = CharField(help_text="公开编号，门口二维码中的")
    initials = CharField(help_text="拼音首字母")


class PlacesOfVisitSerializer(Serializer):
    whole = BooleanField(help_text="是否已列全")
    results = PlaceOfVisitSerializer(many=True)


# -- sent ------------------------------------------------------------------------------------------------------------
class CoarsePlaceSerializer(Serializer):
    lat = FloatField(min_value=-90, max_value=90)
    lon = FloatField(min_value=-180, max_value=180)


class SubjectSerializer(Serializer):
    kind = ChoiceField(choices=SUBJECTS)
    id = IntegerField(min_value=1)


class SentPhotoSerializer(Serializer):
    """A photo of the form; its file comes as ``photo-<client_id>``."""

    client_id = UUIDField()
    code = CharField(max_length=3, allow_blank=True, default="", help_text="条目代码，空为现场照片")
    taken_at = DateTimeField(allow_null=True, default=None)
    lat = FloatField(min_value=-90, max_value=90, allow_null=True, default=None)
    lon = FloatField(min_value=-180, max_value=180, allow_null=True, default=None)
    sha256 = CharField(max_length=64, allow_blank=True, default="", help_text="手机上原件的摘要")


class OfficerSerializer(Serializer):
    post = IntegerField(min_value=1)


class ReportSerializer(Serializer):
    client_id = UUIDField(help_text="手机端编号：同一份只登记一次")
    user = IntegerField(help_text="谁写的")
    kind = ChoiceField(choices=VisitKind.choices)
    subject = SubjectSerializer()
    visited_on = DateField()
    slot = ChoiceField(choices=Slot.choices)
    started_at = DateTimeField(allow_null=True, default=None)
    ended_at = DateTimeField(allow_null=True, default=None)
    checklist = IntegerField(min_value=1, help_text="清单版本")
    answers = DictField(child=ChoiceField(choices=Answer.choices), default=dict)
    notes = DictField(child=CharField(max_length=1000, allow_blank=True), default=dict)
    photos = SentPhotoSerializer(many=True, default=list)
    place = CoarsePlaceSerializer(allow_null=True, default=None)
    no_place_reason = CharField(max_length=120, allow_blank=True, default="")
    pupils = IntegerField(min_value=0, max_value=9999, allow_null=True, default=None)
    pupils_at_least = BooleanField(default=False)
    teachers = IntegerField(min_value=0, max_value=9999, allow_null=True, default=None)
    teachers_at_least = BooleanField(default=False)
    dispersed = IntegerField(min_value=0, max_value=9999, allow_null=True, default=None)
    dispersed_at_least = BooleanField(default=False)
    outcome = ChoiceField(choices=Outcome.choices)
    remark = CharField(max_length=2000, allow_blank=True, default="")
    accompanied_by = CharField(max_length=120, allow_blank=True, default="")
    statement = CharField(max_length=1000, allow_blank=True, default="", help_text="机构的说明或申辩")
    covert = BooleanField(default=False)
    officers = OfficerSerializer(many=True, default=list, help_text="同行人员，不含本人")
    campaigns = ListField(child=IntegerField(min_value=1), default=list, help_text="计入哪些专项行动")


class VisitFormSerializer(Serializer):
    """The form that is sent: the report as JSON, and a file for each of its photos."""

    report = ReportSerializer(help_text="检查内容(JSON)")


class ReceiptSerializer(Serializer):
    number = CharField(help_text="检查编号")
    client_id = UUIDField()
    filed_at = DateTimeField()
    subject = CharField()


class FiledSerializer(Serializer):
    receipt = ReceiptSerializer()
    month = MonthSerializer(allow_null=True)
