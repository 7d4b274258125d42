"""The day by which a clue counts: that of its entering, for imported hotline orders the day that the file tells."""

from datetime import date

from django.db import migrations, models

FILL = """
UPDATE clues_clue c SET received_on = coalesce(
  (SELECT (r.record->>'received_on')::date FROM imports_batchrow r JOIN imports_batch b ON b.id = r.batch_id
   WHERE b.target = 'orders' AND r.outcome = 'created' AND r.subject_id = c.id
     AND r.record->>'order_no' = c.order_no ORDER BY r.id DESC LIMIT 1),
  (c.received_at AT TIME ZONE 'Asia/Shanghai')::date)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clues", "0003_advert_rules"),
        ("imports", "0002_applied_rows_stay"),
    ]

    operations = [
        migrations.AddField(
            model_name="clue",
            name="received_on",
            field=models.DateField(
                default=date(2021, 7, 24),
                help_text="按哪一天统计：导入的12345工单为受理日期。",
                verbose_name="收到日期",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
