"""Rows of a batch that was applied or taken back are the facts of the import: nobody adds, changes or deletes one."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION import_rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM touched JOIN imports_batch b ON b.id = touched.batch_id WHERE b.state IN ('applied', 'undoing', 'undone')) THEN
    RAISE EXCEPTION 'rows of an applied import are append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION import_rows_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of applied imports are append-only: TRUNCATE refused' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER import_rows_stay_insert AFTER INSERT ON imports_batchrow REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION import_rows_stay();
CREATE TRIGGER import_rows_stay_update AFTER UPDATE ON imports_batchrow REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION import_rows_stay();
CREATE TRIGGER import_rows_stay_delete AFTER DELETE ON imports_batchrow REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION import_rows_stay();
CREATE TRIGGER import_rows_never_emptied BEFORE TRUNCATE ON imports_batchrow
  FOR EACH STATEMENT EXECUTE FUNCTION import_rows_never_emptied()
"""
BACKWARD = """
DROP TRIGGER import_rows_stay_insert ON imports_batchrow;
DROP TRIGGER import_rows_stay_update ON imports_batchrow;
DROP TRIGGER import_rows_stay_delete ON imports_batchrow;
DROP TRIGGER import_rows_never_emptied ON imports_batchrow;
DROP FUNCTION import_rows_stay();
DROP FUNCTION import_rows_never_emptied()
"""


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
