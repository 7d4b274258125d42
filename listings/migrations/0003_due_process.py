from datetime import date

from django.db import migrations
from django.utils import timezone

from foundation.core.append_only import AppendOnly

#: What each list asks for where no bureau has said otherwise (domain.md 2.5); a bureau sets its own from a day on.
BASIS = "《校外培训机构黑白名单管理办法》(请按本地办法修改)"
RULES = (
    {
        "kind": "white",
        "months": 12,
        "until_permit_end": True,
        "lowest_grade": "B",
        "needs_licence": True,
        "needs_no_open_order": True,
        "excludes": ["black", "warning"],
        "removal": "期限届满、不再符合列入条件或者机构终止办学。",
    },
    {
        "kind": "black",
        "needs_defence": True,
        "months": 12,
        "severe_months": 36,
        "excludes": ["white", "afterschool", "red"],
        "removal": "期限届满；或者整改到位、提出信用修复申请并经两名以上人员核查通过。",
    },
    {
        "kind": "warning",
        "published": False,
        "months": 3,
        "excludes": ["white", "afterschool", "red"],
        "removal": "预警事由消除并经核查。",
    },
    {
        "kind": "afterschool",
        "months": 12,
        "until_permit_end": True,
        "lowest_grade": "B",
        "needs_licence": True,
        "needs_no_open_order": True,
        "excludes": ["black", "warning"],
        "removal": "期限届满、不再符合列入条件、被移出课后服务或者机构终止办学。",
    },
    {
        "kind": "red",
        "months": 12,
        "lowest_grade": "A",
        "years_of_a": 2,
        "needs_licence": True,
        "needs_no_open_order": True,
        "excludes": ["black", "warning"],
        "removal": "期限届满、不再是A级或者机构终止办学。",
    },
)


#: (code, aspect, name, source, weight, points, most, veto): base 90 as in domain.md 2.5; a bureau writes its own version.
RUBRIC_ITEMS = (
    ("L1", "licence", "证照不齐全", "licence", "incomplete", -10, 10, False),
    ("L2", "licence", "许可过期后未换证", "licence", "expired", -10, 10, False),
    ("J1", "inspection", "检查发现一般问题", "finding", "light", -1, 10, False),
    ("J2", "inspection", "检查发现较重问题", "finding", "major", -3, 20, False),
    ("J3", "inspection", "检查发现严重问题", "finding", "critical", -8, 30, False),
    ("J4", "inspection", "检查未发现问题", "visit", "clean", 2, 6, False),
    ("J5", "inspection", "不配合检查", "visit", "refused", -15, 30, False),
    ("P1", "penalty", "逾期未整改到位", "order", "late", -5, 20, False),
    ("P2", "penalty", "整改事项转立案", "order", "escalated", -15, 30, False),
    ("P3", "penalty", "被责令停止培训", "order", "stop", 0, 0, True),
    ("P4", "penalty", "受到警告或通报批评", "case", "mild", -10, 20, False),
    ("P5", "penalty", "受到罚款或没收违法所得", "case", "money", -20, 40, False),
    ("P6", "penalty", "受到停止招生、停止举办、吊销或限制从业处罚", "case", "grave", 0, 0, True),
    ("P7", "penalty", "违法广告被查处", "advert", "", -3, 9, False),
    ("C1", "commitment", "约谈承诺逾期未兑现", "interview", "broken", -5, 15, False),
)


def load_rubric(apps, schema_editor) -> None:
    """The first rubric, for everywhere."""
    using = schema_editor.connection.alias
    rubric = (
        apps.get_model("listings", "Rubric")
        .objects.using(using)
        .create(version=1, name="校外培训机构诚信评价标准", basis=BASIS, made_at=timezone.now())
    )
    keys = ("code", "aspect", "name", "source", "weight", "points", "most", "veto")
    items = apps.get_model("listings", "RubricItem")
    items.objects.using(using).bulk_create(
        items(rubric_id=rubric.pk, **dict(zip(keys, item, strict=True))) for item in RUBRIC_ITEMS
    )


def load_rules(apps, schema_editor) -> None:
    """The first rules, valid everywhere since the lists began."""
    rows = apps.get_model("listings", "ListRule").objects.using(schema_editor.connection.alias)
    for rule in RULES:
        rows.create(basis=BASIS, effective_from=date(2021, 7, 24), **rule)


class Migration(migrations.Migration):
    dependencies = [("listings", "0002_append_only"), ("regions", "0002_places_of_fujian")]

    operations = [
        migrations.RunPython(load_rules, migrations.RunPython.noop),
        migrations.RunPython(load_rubric, migrations.RunPython.noop),
        AppendOnly("Rubric"),
        AppendOnly("RubricItem"),
    ]
