from django.db import migrations


def owners_sign(apps, schema_editor):
    """Until now whoever owned an organisation signed for it: nobody loses that by an update."""
    apps.get_model("organisations", "Membership").objects.filter(role="owner").update(represents=True)


class Migration(migrations.Migration):

    dependencies = [("organisations", "0002_region_and_representatives")]

    operations = [migrations.RunPython(owners_sign, migrations.RunPython.noop)]
