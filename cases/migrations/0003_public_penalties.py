"""What is published of an institution's penalties changes its public page."""

from django.db import migrations

#: As in institutions 0003: the institutions whose published decisions changed, noted once a transaction.
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


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_violations"), ("institutions", "0003_public_changes")]

    operations = [
        migrations.RunSQL(NOTE, FORGET),
    ]
