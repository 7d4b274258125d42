"""Rows of a batch that was taken back stay as they were, too."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION import_rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM touched JOIN imports_batch b ON b.id = touched.batch_id WHERE b.state IN ({states})) THEN
    RAISE EXCEPTION 'rows of an applied import are append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("imports", "0004_pipeline")]

    operations = [
        migrations.RunSQL(FUNCTION.format(states="'applied', 'undoing', 'undone'"), FUNCTION.format(states="'applied'"))
    ]
