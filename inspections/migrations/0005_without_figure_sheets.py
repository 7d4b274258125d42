from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0004_visit_months"),
    ]

    operations = [
        migrations.DeleteModel(
            name="FigureSheet",
        ),
    ]
