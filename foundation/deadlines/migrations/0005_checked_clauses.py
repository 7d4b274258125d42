"""Clauses of shipped limits with their paragraph, where the bureau has not worded them itself; lengths stay."""

from django.db import migrations

#: code: (clause as it was shipped, clause, remark or None to keep it, still to be checked)
CLAUSES = {
    "case.filing": (
        "",
        "《行政处罚法》第五十四条第二款：符合立案标准的，行政机关应当及时立案（法律未规定天数）。",
        None,
        True,
    ),
    "penalty.decision_extension": (
        "",
        "《行政处罚法》第六十条：法律、法规、规章另有规定的，从其规定（法律未规定延长天数）。",
        None,
        True,
    ),
    "fine.payment": (
        "《行政处罚法》第六十七条：应当自收到行政处罚决定书之日起十五日内缴纳罚款。",
        "《行政处罚法》第六十七条第三款：应当自收到行政处罚决定书之日起十五日内缴纳罚款。",
        None,
        False,
    ),
    "penalty.reconsideration": (
        "《行政复议法》第二十条：自知道或者应当知道该行政行为之日起六十日内。",
        "《行政复议法》第二十条第一款：可以自知道或者应当知道该行政行为之日起六十日内提出行政复议申请。",
        "用于文书教示；期满日遇休息日顺延：第八十八条、《民事诉讼法》第八十五条。",
        False,
    ),
    "penalty.litigation": (
        "《行政诉讼法》第四十六条：自知道或者应当知道作出行政行为之日起六个月内。",
        "《行政诉讼法》第四十六条第一款：应当自知道或者应当知道作出行政行为之日起六个月内提出。",
        "用于文书教示；期满日遇休息日顺延：第一百零一条、《民事诉讼法》第八十五条。",
        False,
    ),
}


def amend(apps, schema_editor) -> None:
    rows = apps.get_model("deadlines", "LimitRule").objects.using(schema_editor.connection.alias)
    for code, (shipped, clause, remark, needs_review) in CLAUSES.items():
        facts = {"clause": clause, "needs_review": needs_review} | ({"remark": remark} if remark else {})
        rows.filter(code=code, jurisdiction__isnull=True, clause=shipped).update(**facts)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0004_rating_objection")]

    operations = [migrations.RunPython(amend, migrations.RunPython.noop)]
