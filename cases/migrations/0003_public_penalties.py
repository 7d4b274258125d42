"""Published decisions get a random public id, and what is published of an institution changes its public page."""

from django.db import migrations, models

import institutions.public_ids

#: As in institutions 0006: the institutions whose published decisions changed, noted once a transaction.
NOTE = """
CREATE FUNCTION public_change_note_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  INSERT INTO institutions_publicchange AS c (institution_id, changed_at)
  SELECT seen.id, now()
  FROM (SELECT k.institution_id AS id FROM touched t JOIN cases_case k ON k.id = t.case_id
        WHERE k.institution_id IS NOT NULL
        EXCEPT SELECT institution_id FROM institutions_publicchange WHERE changed_at >= now()) seen
  ORDER BY seen.id
  ON CONFLICT (institution_id) DO UPDATE SET changed_at = excluded.changed_at WHERE c.changed_at < excluded.changed_at;
  RETURN NULL;
END $$;
CREATE TRIGGER public_change_insert AFTER INSERT ON cases_publication REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION public_change_note_decision();
CREATE TRIGGER public_change_update AFTER UPDATE ON cases_publication REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION public_change_note_decision();
"""
FORGET = """
DROP TRIGGER public_change_insert ON cases_publication;
DROP TRIGGER public_change_update ON cases_publication;
DROP FUNCTION public_change_note_decision();
"""


def give_ids(apps, schema_editor) -> None:
    using = schema_editor.connection.alias
    for row in apps.get_model("cases", "Publication").objects.using(using).filter(public_id=None):
        row.public_id = institutions.public_ids.new_public_id()
        row.save(using=using, update_fields=["public_id"])


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_violations"),
        ("institutions", "0009_more_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="public_id",
            field=models.CharField(max_length=12, null=True, verbose_name="公开编号"),
        ),
        migrations.RunPython(give_ids, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="publication",
            name="public_id",
            field=models.CharField(
                default=institutions.public_ids.new_public_id,
                editable=False,
                max_length=12,
                unique=True,
                verbose_name="公开编号",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["-published_on", "-id"], name="publication_by_day"),
        ),
        migrations.RunSQL(NOTE, FORGET),
    ]
