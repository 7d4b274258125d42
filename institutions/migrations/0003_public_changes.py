"""When something public of an institution changed: noted by triggers, whoever writes (ADR 0015)."""
# ruff: noqa: S608 (put together from this module's own constants)

from django.db import migrations

SHOWN = (
    "jurisdiction_id", "name", "trade_name", "credit_code", "site_type", "category", "subcategory", "stages", "mode",
    "legal_type", "licence_status", "public_phone", "address", "hours", "bank", "account_tail", "status",
)  # fmt: skip
GONE = "merged_into_id", "withdrawn_at"
COMPARED = ", ".join(f"{{row}}.{column}" for column in (*SHOWN, *GONE))
COMPARED += ", left(btrim({row}.legal_person), 1)"

#: Those that this transaction has noted before are left out first: a conflict would lock each row once more (a new
#: institution comes with its site, status and permit).
NOTE = """
  INSERT INTO institutions_publicchange AS c (institution_id, changed_at)
  SELECT seen.id, now()
  FROM ({chosen} EXCEPT SELECT institution_id FROM institutions_publicchange WHERE changed_at >= now()) seen
  ORDER BY seen.id
  ON CONFLICT (institution_id) DO UPDATE SET changed_at = excluded.changed_at WHERE c.changed_at < excluded.changed_at;
  RETURN NULL;
"""
FUNCTION = (
    "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$\nBEGIN {body} END $$;\n"
)
FUNCTIONS = {
    "note_institution": "SELECT id FROM touched",
    "note_institution_update": f"""
        SELECT n.id FROM touched n JOIN before o ON o.id = n.id
        WHERE ({COMPARED.format(row="n")}) IS DISTINCT FROM ({COMPARED.format(row="o")})
    """,
    "note_fact": "SELECT institution_id AS id FROM touched",
    "note_fact_update": """
        SELECT n.institution_id AS id FROM touched n JOIN before o ON o.id = n.id WHERE n IS DISTINCT FROM o
    """,
    "note_list": """
        SELECT institution_id AS id FROM touched WHERE kind IN ('white_list', 'black_list', 'warning', 'afterschool', 'red_list', 'grade')
    """,
}
FACTS = ("permit", "site", "course", "formername")
INSERTED = "CREATE TRIGGER public_change_insert AFTER INSERT ON institutions_{table} REFERENCING NEW TABLE AS touched"
UPDATED = (
    "CREATE TRIGGER public_change_update AFTER UPDATE ON institutions_{table} "
    "REFERENCING OLD TABLE AS before NEW TABLE AS touched"
)
DELETED = "CREATE TRIGGER public_change_delete AFTER DELETE ON institutions_{table} REFERENCING OLD TABLE AS touched"
TRIGGERS = [
    (INSERTED, "institution", "note_institution"),
    (UPDATED, "institution", "note_institution_update"),
    *((INSERTED, table, "note_fact") for table in (*FACTS, "statusevent")),
    *((UPDATED, table, "note_fact_update") for table in FACTS),
    *((DELETED, table, "note_fact") for table in FACTS),
    (INSERTED, "standingevent", "note_list"),
]

CREATE = "".join(
    FUNCTION.format(name=f"public_change_{name}", body=NOTE.format(chosen=chosen)) for name, chosen in FUNCTIONS.items()
) + "".join(
    f"{begin.format(table=table)} FOR EACH STATEMENT EXECUTE FUNCTION public_change_{function}();\n"
    for begin, table, function in TRIGGERS
)
DROP = "".join(f"DROP TRIGGER {begin.split()[2]} ON institutions_{table};\n" for begin, table, _ in TRIGGERS) + "".join(
    f"DROP FUNCTION public_change_{name}();\n" for name in FUNCTIONS
)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0002_append_only")]

    operations = [
        migrations.RunSQL(CREATE, DROP),
    ]
