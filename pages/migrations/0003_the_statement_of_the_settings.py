"""What the settings say becomes the first version, where they say all of it.

An incomplete statement stays in the settings: the page goes on marking what is missing. Editors may write
statements, publishers publish them.
"""

from django.conf import settings
from django.db import migrations
from django.utils import timezone

FACTS = {
    "authority": "OPERATOR_NAME",
    "law": "ACCESSIBILITY_LAW",
    "status": "ACCESSIBILITY_STATUS",
    "method": "ACCESSIBILITY_METHOD",
    "evaluated_on": "ACCESSIBILITY_EVALUATED_ON",
    "prepared_on": "ACCESSIBILITY_CREATED_ON",
    "reviewed_on": "ACCESSIBILITY_REVIEWED_ON",
    "contact_address": "OPERATOR_ADDRESS",
    "contact_phone": "OPERATOR_PHONE",
    "answer_days": "ACCESSIBILITY_ANSWER_DAYS",
    "enforcement_name": "ENFORCEMENT_NAME",
    "enforcement_address": "ENFORCEMENT_ADDRESS",
    "enforcement_url": "ENFORCEMENT_URL",
    "enforcement_law": "ENFORCEMENT_LAW",
    "enforcement_email": "ENFORCEMENT_EMAIL",
    "enforcement_phone": "ENFORCEMENT_PHONE",
}
TEXTS = ("part", "part_en", "reason", "reason_en", "alternative", "alternative_en")
GROUNDS = ("noncompliance", "burden", "exempt")
WRITES = ["view", "add", "change", "delete"]
# {group: {model: rights}}
GROUPS = {
    "editor": {"statement": WRITES, "barrier": WRITES},
    "publisher": {"statement": [*WRITES, "publish"], "barrier": WRITES},
    "administrator": {"statement": [*WRITES, "publish"], "barrier": WRITES},
}


def take_over(apps, schema_editor):
    legal = settings.LEGAL
    facts = {column: legal[name] for column, name in FACTS.items()}
    facts["contact_email"] = settings.CONTACT_EMAIL
    optional = ("enforcement_email", "enforcement_phone")
    told = [value for column, value in facts.items() if column not in optional]
    if None in told or "" in told or any(settings.PLACEHOLDER in str(value) for value in told):
        return
    # What the database would refuse stays in the settings as well: `check --deploy` says what is wrong with it.
    if facts["reviewed_on"] < facts["prepared_on"] or facts["answer_days"] < 1:
        return
    barriers = legal["ACCESSIBILITY_BARRIERS"]
    if not isinstance(barriers, list) or not all(isinstance(one, dict) for one in barriers):
        return
    if facts["status"] not in ("full", "partly", "not") or facts["method"] not in ("self", "external"):
        return
    if any(one.get("ground") not in GROUNDS or not one.get("part") or not one.get("reason") for one in barriers):
        return
    statement = apps.get_model("pages", "Statement").objects.create(**facts)
    barrier = apps.get_model("pages", "Barrier")
    for position, one in enumerate(barriers):
        texts = {name: one.get(name, "") for name in TEXTS}
        barrier.objects.create(statement=statement, ground=one["ground"], position=position, **texts)
    statement.number, statement.published_at = 1, timezone.now()
    statement.save()


def allow(apps, schema_editor):
    kinds = apps.get_model("contenttypes", "ContentType").objects
    rights = apps.get_model("auth", "Permission").objects
    for name, models in GROUPS.items():
        group = apps.get_model("auth", "Group").objects.filter(name=name).first()
        for model, allowed in models.items():
            kind, _ = kinds.get_or_create(app_label="pages", model=model)
            for right in allowed:
                words = {"publish": "Can publish accessibility statements"}
                told = words.get(right) or f"Can {right} {'accessibility statement' if model == 'statement' else model}"
                found, _ = rights.get_or_create(
                    content_type=kind, codename=f"{right}_{model}", defaults={"name": told}
                )
                if group:
                    group.permissions.add(found)


def forbid(apps, schema_editor):
    apps.get_model("auth", "Permission").objects.filter(content_type__app_label="pages").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0002_published_statements_stay"),
        ("accounts", "0005_editors_see_operations"),
    ]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RunPython(allow, forbid),
    ]
