"""The shipped checklist; what was put to use or filed cannot be changed any more, whoever tries."""

from django.db import migrations
from django.utils import timezone

from inspections.reference import load_first_version

#: Sections and items of a version that left its draft stay as they are.
QUESTIONS = """
CREATE FUNCTION refuse_change_of_used_checklist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM inspections_checklistversion v
    WHERE v.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END)
      AND v.state <> 'draft'
  ) THEN
    RAISE EXCEPTION 'a checklist that was put to use does not change: % refused', TG_OP
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER used_checklist_stays BEFORE INSERT OR UPDATE OR DELETE ON inspections_checklistsection
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_used_checklist();
CREATE TRIGGER used_checklist_stays BEFORE INSERT OR UPDATE OR DELETE ON inspections_checklistitem
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_used_checklist();
"""
NO_QUESTIONS = """
DROP TRIGGER used_checklist_stays ON inspections_checklistsection;
DROP TRIGGER used_checklist_stays ON inspections_checklistitem;
DROP FUNCTION refuse_change_of_used_checklist();
"""
#: A visit is a fact: it may be voided once, nothing else of it changes, and it is never deleted.
VISITS = """
CREATE FUNCTION refuse_change_of_visit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE voiding text[] := ARRAY['voided_at', 'voided_by_id', 'void_reason'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.voided_at IS NOT NULL OR to_jsonb(NEW) - voiding <> to_jsonb(OLD) - voiding THEN
    RAISE EXCEPTION 'a visit may only be voided: % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER visit_stays BEFORE UPDATE OR DELETE ON inspections_visit
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_visit();
"""
NO_VISITS = "DROP TRIGGER visit_stays ON inspections_visit; DROP FUNCTION refuse_change_of_visit();"


def load(apps, schema_editor) -> None:
    using = schema_editor.connection.alias
    province = apps.get_model("regions", "Jurisdiction").objects.using(using).get(code="350000")
    names = ("Checklist", "ChecklistVersion", "ChecklistSection", "ChecklistItem")
    models = {name: apps.get_model("inspections", name) for name in names}
    load_first_version(models, jurisdiction=province, at=timezone.now(), using=using)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial"), ("regions", "0002_places_of_fujian")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(QUESTIONS, NO_QUESTIONS),
        migrations.RunSQL(VISITS, NO_VISITS),
    ]
