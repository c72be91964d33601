"""What the database keeps true of events: change dates, former slugs, publication, revisions.

A revision grows with each change that a calendar must learn: title, dates, status, place,
addresses, organisers, topics. Rows written in the transaction that made the event do not count.
"""

from django.db import migrations

from lib.triggers import remember_slugs, touch

NOUNS = [
    ("events_event", "event"),
    ("events_series", "series"),
    ("events_topic", "topic"),
    ("events_venue", "venue"),
]

TOLD = [
    "slug",
    "title",
    "title_en",
    "subtitle",
    "summary",
    "summary_en",
    "starts_on",
    "ends_on",
    "start_time",
    "end_time",
    "timezone",
    "date_precision",
    "date_note",
    "status",
    "sold_out",
    "mode",
    "online_url",
    "online_access",
    "website",
    "registration_url",
    "registration_deadline",
    "is_free",
    "state",
]

KEEP_EVENT = f"""
CREATE FUNCTION events_keep_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN ('published', 'withdrawn') AND NEW.published_at IS NULL THEN
        NEW.published_at := greatest(now(), NEW.publish_from);
    END IF;
    IF NEW.state = 'withdrawn' THEN
        NEW.withdrawn_at := coalesce(NEW.withdrawn_at, now());
    ELSE
        NEW.withdrawn_at := NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        NEW.revision := greatest(NEW.revision, OLD.revision);
        IF ({", ".join(f"NEW.{column}" for column in TOLD)})
           IS DISTINCT FROM ({", ".join(f"OLD.{column}" for column in TOLD)}) THEN
            NEW.revision := OLD.revision + 1;
        END IF;
    END IF;
    RETURN NEW;
END $$
"""

BUMP_EVENT = """
CREATE FUNCTION events_bump_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD THEN
        UPDATE events_event SET revision = revision + 1
        WHERE id IN (NEW.event_id, OLD.event_id) AND created_at < now();
    END IF;
    RETURN NULL;
END $$
"""

BUMP_VENUE_EVENTS = """
CREATE FUNCTION events_bump_events_of_venue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.name, NEW.street, NEW.postal_code, NEW.city, NEW.country)
       IS DISTINCT FROM (OLD.name, OLD.street, OLD.postal_code, OLD.city, OLD.country) THEN
        UPDATE events_event SET revision = revision + 1
        WHERE id IN (SELECT event_id FROM events_eventvenue WHERE venue_id = NEW.id);
    END IF;
    RETURN NULL;
END $$
"""

BUMP_ORGANISATION_EVENTS = """
CREATE FUNCTION events_bump_events_of_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.name IS DISTINCT FROM OLD.name THEN
        UPDATE events_event SET revision = revision + 1
        WHERE id IN (SELECT event_id FROM events_participation WHERE organisation_id = NEW.id);
    END IF;
    RETURN NULL;
END $$
"""

CHILDREN = ["previousdate", "eventvenue", "eventtopic", "participation"]


def trigger(name: str, when: str, table: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_events_and_their_nouns"),
        ("addresses", "0002_noun_triggers"),
    ]

    operations = [
        *(touch(table) for table, _ in NOUNS),
        *(remember_slugs(table, noun) for table, noun in NOUNS),
        migrations.RunSQL(KEEP_EVENT, "DROP FUNCTION events_keep_event()"),
        migrations.RunSQL(BUMP_EVENT, "DROP FUNCTION events_bump_event()"),
        migrations.RunSQL(BUMP_VENUE_EVENTS, "DROP FUNCTION events_bump_events_of_venue()"),
        migrations.RunSQL(BUMP_ORGANISATION_EVENTS, "DROP FUNCTION events_bump_events_of_organisation()"),
        trigger("events_event_keep", "BEFORE INSERT OR UPDATE", "events_event", "events_keep_event"),
        *(
            trigger(
                f"events_{child}_bump",
                "AFTER INSERT OR UPDATE OR DELETE",
                f"events_{child}",
                "events_bump_event",
            )
            for child in CHILDREN
        ),
        trigger("events_venue_bump", "AFTER UPDATE", "events_venue", "events_bump_events_of_venue"),
        trigger(
            "organisations_organisation_bump_events",
            "AFTER UPDATE",
            "organisations_organisation",
            "events_bump_events_of_organisation",
        ),
    ]
