"""Rows stored before the pipeline was rebuilt: named like new ones, their cells under the columns' attributes.

Files of batches that nobody had confirmed were kept in one piece and are gone: those batches are given up.
"""

from django.db import migrations
from django.utils import timezone

ATTRIBUTES = {
    "机构名称": "name", "学校名称": "name", "统一社会信用代码": "credit_code", "学校标识码": "code", "办学许可证号": "license_no",
    "许可类型": "permit_kind", "类别": "category", "子类": "subtype", "线上线下": "mode", "法人性质": "legal_type",
    "法定代表人": "legal_person", "联系电话": "phone", "公开电话": "public_phone", "办学地址": "address", "区县": "county",
    "镇街": "town", "发证日期": "issue_date", "有效期至": "valid_until", "审批机关": "issuer", "监管银行": "bank",
    "专户账号尾号": "account", "状态": "status", "备注": "remark",
}  # fmt: skip
STAGE = {"institutions": "stages", "schools": "stage"}
WRITTEN = ("applied", "undoing", "undone")


def bring_up(apps, schema_editor) -> None:
    """Idempotent: rows that are stored under attributes already stay as they are."""
    database = schema_editor.connection.alias
    batches = apps.get_model("imports", "Batch").objects.using(database)
    rows = apps.get_model("imports", "BatchRow").objects.using(database)
    schema_editor.execute("ALTER TABLE imports_batchrow DISABLE TRIGGER USER")
    waiting = batches.filter(state__in=["uploaded", "checked", "applying"])
    rows.filter(batch__in=waiting).delete()
    note = "系统升级后需要重新上传这个文件。"
    waiting.update(state="discarded", state_at=timezone.now(), note=note, counts={}, rows_checked=0)
    for row in rows.filter(batch__state__in=WRITTEN, title="").select_related("batch").iterator():
        names = {**ATTRIBUTES, "学段": STAGE[row.batch.target]}
        row.cells = {names.get(label, label): text for label, text in row.cells.items() if text}
        row.title = str(row.record.get("name") or row.cells.get("name", ""))[:200]
        code = "credit_code" if row.batch.target == "institutions" else "code"
        row.code = str(row.record.get(code) or row.cells.get(code, ""))[:60]
        row.sealed = ""  # telephone numbers of imported rows stand, sealed, in the register itself
        row.save(using=database, update_fields=["cells", "title", "code", "sealed"])
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("ALTER TABLE imports_batchrow ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [("imports", "0005_undone_rows_stay")]

    operations = [migrations.RunPython(bring_up, migrations.RunPython.noop, elidable=True)]
