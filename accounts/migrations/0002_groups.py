"""The four groups that editors' accounts are put in, with what each may do.

Django makes permissions after the last migration; those that the groups need are made here, as Django would.
Whoever had a right to entries before there were memberships keeps it for every entry.
"""

from django.db import migrations

NAMES = {"view": "Can view %s", "add": "Can add %s", "change": "Can change %s", "delete": "Can delete %s"}
GENERAL = {
    "every_entry": "Is not bound to the entries of own organisations",
    "publish_entries": "Can publish and withdraw entries",
    "merge_entries": "Can merge entries",
    "import_entries": "Can import tables of entries",
}

ROWS = [
    "events.appearance",
    "events.award",
    "events.eventtopic",
    "events.eventvenue",
    "events.participation",
    "events.previousdate",
    "events.price",
    "events.session",
    "events.source",
]
NOUNS = ["organisations.organisation", "speakers.speaker", "events.series", "events.topic", "events.venue"]
ALL = ["view", "add", "change", "delete"]

# {group: ([general rights], {model: rights})}; each group has those of the one before, too.
GROUPS = {
    "author": (
        [],
        {
            "events.event": ["view", "add", "change"],
            **dict.fromkeys(ROWS, ALL),
            **{noun: ["view"] for noun in NOUNS},
            "events.seriesorganiser": ["view"],
            "organisations.organisation": ["view", "add", "change"],
            "speakers.speaker": ["view", "add"],
            "events.venue": ["view", "add"],
        },
    ),
    "editor": (
        ["every_entry"],
        {
            "events.event": ALL,
            **dict.fromkeys(NOUNS, ALL),
            "events.seriesorganiser": ALL,
            "addresses.formerslug": ["view"],
            "feedback.report": ["view", "change"],
        },
    ),
    "publisher": (["publish_entries"], {}),
    "administrator": (
        ["merge_entries", "import_entries"],
        {
            "auth.user": ALL,
            "auth.group": ["view"],
            "accounts.membership": ALL,
            "feedback.report": ["view", "change", "delete"],
        },
    ),
}


def make(apps, schema_editor=None):
    keep(apps)
    held = []
    for name, (general, rights) in GROUPS.items():
        held += [permission(apps, "accounts.membership", codename, GENERAL[codename]) for codename in general]
        held += [
            permission(apps, model, f"{right}_{model.partition('.')[2]}", NAMES[right])
            for model, allowed in rights.items()
            for right in allowed
        ]
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*held)


def permission(apps, model, codename, name):
    label, _, model_name = model.partition(".")
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=label, model=model_name
    )
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": name % model_name if "%" in name else name}
    )
    return found


def keep(apps):
    """Whoever could view or change entries could do so with all of them, and publish events."""
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label__in=["events", "organisations", "speakers"]
    )
    every = {
        "every_entry": rights,
        "publish_entries": rights.filter(codename="change_event"),
    }
    for codename, earlier in every.items():
        given = permission(apps, "accounts.membership", codename, GENERAL[codename])
        for group in apps.get_model("auth", "Group").objects.filter(permissions__in=earlier).distinct():
            group.permissions.add(given)
        for user in apps.get_model("auth", "User").objects.filter(user_permissions__in=earlier).distinct():
            user.user_permissions.add(given)


def remove(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_memberships"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make, remove)]
