"""Administrators tell people what is stored on them, and see who was told."""

from django.db import migrations


def allow(apps, schema_editor):
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="privacy", model="disclosure"
    )
    right, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind,
        codename="view_disclosure",
        defaults={"name": "Can view answer to a request for one's data"},
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="administrator"):
        group.permissions.add(right)


def forbid(apps, schema_editor):
    apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="privacy", codename="view_disclosure"
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_editors_see_operations"),
        ("privacy", "0001_who_was_erased_and_who_was_told"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
