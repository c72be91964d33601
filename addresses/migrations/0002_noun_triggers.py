"""Trigger functions for all nouns: `modified_at` and former slugs, whichever way a row is written."""

from django.db import migrations

TOUCH = """
CREATE FUNCTION noun_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.modified_at := now();
    RETURN NEW;
END $$
"""

# An address in use is never a former one; a thing that is gone has no former addresses.
REMEMBER_SLUG = """
CREATE FUNCTION noun_remember_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM addresses_formerslug WHERE noun = TG_ARGV[0] AND target = OLD.id;
        RETURN OLD;
    END IF;
    DELETE FROM addresses_formerslug WHERE noun = TG_ARGV[0] AND slug = NEW.slug;
    IF TG_OP = 'UPDATE' AND OLD.slug <> NEW.slug THEN
        INSERT INTO addresses_formerslug (noun, slug, target) VALUES (TG_ARGV[0], OLD.slug, NEW.id)
        ON CONFLICT (noun, slug) DO UPDATE SET target = EXCLUDED.target;
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("addresses", "0001_former_slugs")]

    operations = [
        migrations.RunSQL(TOUCH, "DROP FUNCTION noun_touch()"),
        migrations.RunSQL(REMEMBER_SLUG, "DROP FUNCTION noun_remember_slug()"),
    ]
