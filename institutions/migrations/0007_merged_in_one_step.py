"""Who was merged into one that was merged itself belongs to the last one: figures follow one step."""

from django.db import migrations

ONE_STEP = """
DO $$ BEGIN LOOP
  UPDATE institutions_institution a SET merged_into_id = b.merged_into_id
  FROM institutions_institution b WHERE b.id = a.merged_into_id AND b.merged_into_id IS NOT NULL;
  EXIT WHEN NOT FOUND;
END LOOP; END $$
"""


class Migration(migrations.Migration):
    dependencies = [("institutions", "0006_site_type_of_status")]

    operations = [
        migrations.RunSQL(ONE_STEP, migrations.RunSQL.noop),
    ]
