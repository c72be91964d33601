"""Former addresses are kept once per statement: a load of thousands of rows asked for each of them.

The triggers that call it are set by the migration of events that knows all nouns.
"""

from django.db import migrations

# An address in use is never a former one; a thing that is gone has no former addresses. Other triggers hear of
# statements that change nothing, too: none is made in vain.
REMEMBER_SLUGS = """
CREATE FUNCTION noun_remember_slugs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT FROM addresses_formerslug JOIN stale ON target = stale.id WHERE noun = TG_ARGV[0]) THEN
            DELETE FROM addresses_formerslug USING stale WHERE noun = TG_ARGV[0] AND target = stale.id;
        END IF;
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM addresses_formerslug AS former JOIN fresh USING (slug) WHERE noun = TG_ARGV[0]) THEN
        DELETE FROM addresses_formerslug AS former USING fresh WHERE noun = TG_ARGV[0] AND former.slug = fresh.slug;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF EXISTS (SELECT FROM stale JOIN fresh USING (id) WHERE stale.slug <> fresh.slug) THEN
            INSERT INTO addresses_formerslug (noun, slug, target)
            SELECT TG_ARGV[0], stale.slug, stale.id FROM stale JOIN fresh USING (id) WHERE stale.slug <> fresh.slug
                AND NOT EXISTS (SELECT FROM fresh AS other WHERE other.slug = stale.slug)
            ON CONFLICT (noun, slug) DO UPDATE SET target = EXCLUDED.target;
        END IF;
    END IF;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("addresses", "0005_on_the_trail")]

    operations = [migrations.RunSQL(REMEMBER_SLUGS, "DROP FUNCTION noun_remember_slugs()")]
