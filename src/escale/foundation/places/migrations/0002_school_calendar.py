"""The school holidays of zones A, B and C that ship with the software (decrees of 7 December 2022 and after)."""

import csv
from datetime import date
from pathlib import Path

from django.db import migrations

CALENDAR = Path(__file__).parents[1] / "data" / "school_holidays.csv"


def load(apps, schema_editor):
    SchoolHoliday = apps.get_model("places", "SchoolHoliday")
    with CALENDAR.open(encoding="utf-8", newline="") as file:
        SchoolHoliday.objects.bulk_create(
            SchoolHoliday(
                zone=row["zone"], first=date.fromisoformat(row["first"]), until=date.fromisoformat(row["until"]),
                name=row["name"],
            )
            for row in csv.DictReader(file)
        )


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
