"""What a row of the list shows, as a list of facts; one index that a search by words reads without the table."""

import json

from django.db import migrations, models

QUOTED = ("free", "hour", "half_day", "day", "ticket", "week", "month", "year")


def _brief(told):
    commune, tariffs = told["commune"], told["tariffs"]
    former = commune["former"]
    where = f"{commune['name']} ({former})" if former and former != commune["name"] else commune["name"]
    prices = {one["unit"]: min(t["cents"] for t in tariffs if t["unit"] == one["unit"]) for one in tariffs}
    unit = next((unit for unit in QUOTED if unit in prices), "")
    return (
        told["id"], told["name"], where, told["kinds"], unit, prices.get(unit, 0), told["access"].get("step_free", ""),
        [[one["since"], one["until"]] for one in told["standings"] if one["kind"] == "labelled"], told["zone"],
        told["weeks"], [[one["from"], one["until"]] for one in told["closures"]], told["open_on_public_holidays"],
    )


def fill(apps, schema_editor):
    Listing = apps.get_model("directory", "Listing")
    for row in Listing.objects.only("place_id", "card").order_by("place_id").iterator(chunk_size=500):
        brief = json.dumps(_brief(json.loads(row.card)), ensure_ascii=False, separators=(",", ":"))
        Listing.objects.filter(pk=row.pk).update(brief=brief)


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_brief_row")]
    operations = [
        migrations.AlterField("listing", "brief", models.TextField(default="[]")),
        migrations.RemoveIndex("listing", "listing_order"),
        migrations.AddIndex("listing", models.Index(fields=["rank", "place", "words"], name="listing_words")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
