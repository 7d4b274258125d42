"""Commitments of draws, papers and returns of campaigns stay as they were filed."""

from django.db import migrations

from foundation.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("inspections", "0002_first_checklist_and_guards")]

    operations = [
        AppendOnly("DrawCommitment"),
        AppendOnly("CampaignPaper"),
        AppendOnly("CampaignReturn"),
        AppendOnly("PaperFile"),
    ]
