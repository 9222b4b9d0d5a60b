"""What is shown of a place leaves the rows that a search reads; what runs past midnight is cut in two.

The index is emptied: ``escale migrate`` makes it again at its end from the places themselves.
"""

import django.db.models.deletion
from django.db import migrations, models


def empty(apps, schema_editor):
    for name in ("OpenSpan", "Listing"):
        apps.get_model("directory", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_intake")]
    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.RemoveIndex("openspan", "open_span_search"),
        *(migrations.RemoveField("listing", name) for name in ("card", "brief", "feature", "dated")),
        migrations.AddField("listing", "made", models.PositiveSmallIntegerField(db_index=True, default=0)),
        migrations.AddField("listing", "late", models.BooleanField(default=False)),
        migrations.AddField("openspan", "night", models.BooleanField(default=False)),
        migrations.AlterField(
            "openspan", "listing", models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="spans", to="directory.listing"
            ),
        ),
        migrations.AlterModelOptions("openspan", {"ordering": ("listing_id", "holidays", "weekday", "night", "start")}),
        migrations.AddIndex(
            "openspan",
            models.Index(fields=["holidays", "weekday", "night", "start", "end", "listing"], name="open_span_all"),
        ),
        migrations.AddIndex(
            "openspan",
            models.Index(fields=["listing", "holidays", "weekday", "night", "start", "end"], name="open_span_one"),
        ),
        migrations.CreateModel(
            "Record",
            [
                (
                    "listing", models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="record",
                        serialize=False, to="directory.listing",
                    ),
                ),
                ("card", models.TextField()),
                ("brief", models.TextField()),
                ("feature", models.TextField()),
                ("dated", models.TextField(blank=True)),
            ],
        ),
    ]
