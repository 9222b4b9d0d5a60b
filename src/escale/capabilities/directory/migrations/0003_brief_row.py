"""What a row of the list shows, in a column of its own: taken from the record that is there."""

import json

from django.db import migrations, models

BRIEF = (
    "id", "url", "name", "kinds", "commune", "tariffs", "access", "zone", "weeks", "closures", "open_on_public_holidays",
    "standings",
)


def fill(apps, schema_editor):
    Listing = apps.get_model("directory", "Listing")
    for row in Listing.objects.only("place_id", "card").order_by("place_id").iterator(chunk_size=500):
        told = json.loads(row.card)
        brief = json.dumps({name: told[name] for name in BRIEF}, ensure_ascii=False, separators=(",", ":"))
        Listing.objects.filter(pk=row.pk).update(brief=brief)


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_initial")]
    operations = [
        migrations.AddField("listing", "brief", models.TextField(default="{}")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
