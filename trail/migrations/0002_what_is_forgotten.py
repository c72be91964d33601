"""How the trail forgets: what rows were, and words wherever they stand. See `trail.forgetting`."""

from django.db import migrations

# Who walks back to such a change is told that it was erased; rows that were only added hold nothing anyway.
FORGET = """
CREATE FUNCTION trail_forget(relation text, keys bigint[]) RETURNS void LANGUAGE sql AS $$
UPDATE trail_change SET before = NULL WHERE "table" = relation AND key = ANY (keys) AND before IS NOT NULL $$
"""

# Words are looked for as they stand in JSON. Shorter ones would strike what is no name.
STRIKE = """
CREATE FUNCTION trail_strike(words text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE word text;
BEGIN
    FOREACH word IN ARRAY words LOOP
        CONTINUE WHEN word IS NULL OR length(word) < 4;
        word := substring(to_jsonb(word)::text FROM 2 FOR length(to_jsonb(word)::text) - 2);
        UPDATE trail_change SET before = replace(before::text, word, '–')::jsonb
        WHERE before IS NOT NULL AND position(word IN before::text) > 0;
        UPDATE trail_change SET reason = replace(reason, word, '–') WHERE position(word IN reason) > 0;
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_what_changed_and_who_did_it")]

    operations = [
        migrations.RunSQL(FORGET, "DROP FUNCTION trail_forget(text, bigint[])"),
        migrations.RunSQL(STRIKE, "DROP FUNCTION trail_strike(text[])"),
    ]
