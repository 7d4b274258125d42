"""Selections get random public ids, each its own: first empty, then filled, then unique."""

from django.db import migrations, models

from institutions.public_ids import new_public_id


def fill(apps, schema_editor) -> None:
    selections = apps.get_model("afterschool", "Selection")
    for row in selections.objects.using(schema_editor.connection.alias).filter(public_id=None).iterator():
        row.public_id = new_public_id()
        row.save(update_fields=["public_id"])


class Migration(migrations.Migration):
    dependencies = [("afterschool", "0002_append_only")]

    operations = [
        migrations.AddField(
            "selection", "public_id", models.CharField("公开编号", max_length=12, null=True, editable=False)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "selection",
            "public_id",
            models.CharField("公开编号", max_length=12, unique=True, default=new_public_id, editable=False),
        ),
    ]
