"""Each word says whose it is: the service that received the dossier."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def say_whose(apps, schema_editor):
    dossiers = apps.get_model("dossiers", "Dossier").objects.filter(pk=OuterRef("dossier"))
    apps.get_model("dossiers", "Word").objects.update(service=Subquery(dossiers.values("service")[:1]))


class Migration(migrations.Migration):

    dependencies = [("dossiers", "0011_desk_walks")]

    operations = [migrations.RunPython(say_whose, migrations.RunPython.noop)]
