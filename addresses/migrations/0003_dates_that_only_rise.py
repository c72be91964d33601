"""`modified_at` never falls back: of two transactions the one that began first may commit last."""

from django.db import migrations

from lib.triggers import raises_version

TOUCH = """
CREATE OR REPLACE FUNCTION noun_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.modified_at := CASE WHEN OLD.modified_at > now() THEN OLD.modified_at + interval '1 microsecond' ELSE now() END;
    RETURN NEW;
END $$
"""
TOUCH_BEFORE = """
CREATE OR REPLACE FUNCTION noun_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.modified_at := now();
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("addresses", "0002_noun_triggers"), ("journal", "0001_what_changed")]

    operations = [
        migrations.RunSQL(TOUCH, TOUCH_BEFORE),
        *raises_version("addresses_formerslug"),
    ]
