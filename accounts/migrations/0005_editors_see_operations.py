"""Editors, and who may do more, see whether everything that runs by itself is running."""

from django.db import migrations

GROUPS = ["editor", "publisher", "administrator"]


def allow(apps, schema_editor):
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="operations", model="jobrun"
    )
    right, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename="view_jobrun", defaults={"name": "Can view run of a job"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(right)


def forbid(apps, schema_editor):
    apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="operations", codename="view_jobrun"
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_memberships_on_the_trail"),
        ("operations", "0001_what_became_of_each_job"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
