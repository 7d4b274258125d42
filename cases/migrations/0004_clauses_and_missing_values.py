"""Shipped clauses of three violations, put right where no case was filed under their first words; checks that what is
missing does not pass.
"""

from django.db import migrations, models

FIRST = {
    "WLC": {"punished_by": "《无证无照经营查处办法》第十三条"},
    "WPR": {"consequence__contains": "给予警告或者并处"},
    "WFI": {"needs_review": True},
}
WORDS = {
    "WLC": {
        "forbidden_by": "《中华人民共和国市场主体登记管理条例》第三条；《无证无照经营查处办法》第二条",
        "punished_by": "《中华人民共和国市场主体登记管理条例》第四十三条；《无证无照经营查处办法》第十三条、第十四条",
        "consequence": "责令改正，没收违法所得；拒不改正的，处1万元以上10万元以下罚款；情节严重的，依法责令关闭停业，"
        "并处10万元以上50万元以下罚款；明知无照经营仍提供场所的，没收违法所得，可以处5000元以下罚款",
    },
    "WPR": {
        "consequence": "责令限期改正，给予警告，并处5万元以下罚款；拒不改正或者造成严重后果的，"
        "责令停业整顿或者吊销许可证件，并处5万元以上50万元以下罚款",
    },
    "WFI": {"needs_review": False},
}


def amend(apps, schema_editor) -> None:
    using = schema_editor.connection.alias
    named = apps.get_model("cases", "Case").objects.using(using).values("violation")
    rows = apps.get_model("cases", "Violation").objects.using(using).filter(effective_to=None).exclude(pk__in=named)
    for code, words in WORDS.items():
        rows.filter(code=code, **FIRST[code]).update(**words)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_public_penalties")]

    operations = [
        migrations.RunPython(amend, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="casepaper",
            name="case_paper_service_proven",
        ),
        migrations.RemoveConstraint(
            model_name="fulfilment",
            name="fulfilment_amount_positive",
        ),
        migrations.RemoveConstraint(
            model_name="hearing",
            name="hearing_held_with_record",
        ),
        migrations.RemoveConstraint(
            model_name="penalty",
            name="penalty_amount_of_money",
        ),
        migrations.RemoveConstraint(
            model_name="preservation",
            name="preservation_disposed_on_a_day",
        ),
        migrations.RemoveConstraint(
            model_name="publication",
            name="publication_withdrawn_with_reason",
        ),
        migrations.AddConstraint(
            model_name="casepaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("receipt__isnull", True), ("served_on__isnull", True), ("service", "none")),
                    models.Q(
                        models.Q(("service", "none"), _negated=True),
                        ("receipt__isnull", False),
                        ("served_on__gte", models.F("made_on")),
                        ("served_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="case_paper_service_proven",
                violation_error_message="送达必须有日期和送达回证，且不早于文书制作日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="fulfilment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__isnull", True), ("late_fee", 0)),
                    models.Q(("amount__gt", 0), ("amount__isnull", False)),
                    _connector="OR",
                ),
                name="fulfilment_amount_positive",
                violation_error_message="缴纳金额必须大于零。",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_on__isnull", True), ("record", "")),
                    models.Q(
                        ("held_on__gte", models.F("called_on")),
                        ("held_on__isnull", False),
                        models.Q(("record", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="hearing_held_with_record",
                violation_error_message="听证结束必须有日期和笔录。",
            ),
        ),
        migrations.AddConstraint(
            model_name="penalty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("amount__isnull", False), ("kind__in", ("fine", "confiscation"))),
                    models.Q(models.Q(("kind__in", ("fine", "confiscation")), _negated=True), ("amount__isnull", True)),
                    _connector="OR",
                ),
                name="penalty_amount_of_money",
                violation_error_message="罚款和没收违法所得必须有金额，其他处罚没有金额。",
            ),
        ),
        migrations.AddConstraint(
            model_name="preservation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disposal", "none"), ("disposed_on__isnull", True)),
                    models.Q(
                        models.Q(("disposal", "none"), _negated=True),
                        ("disposed_on__gte", models.F("preserved_on")),
                        ("disposed_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="preservation_disposed_on_a_day",
                violation_error_message="处理必须有日期，且不早于保存日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_because", ""), ("withdrawn_on__isnull", True)),
                    models.Q(
                        ("withdrawn_on__gte", models.F("published_on")),
                        ("withdrawn_on__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="publication_withdrawn_with_reason",
                violation_error_message="撤下公开信息必须写明理由。",
            ),
        ),
    ]
