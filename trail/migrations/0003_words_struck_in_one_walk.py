"""Words are struck from the trail in one walk over it, however many they are."""

from importlib import import_module

from django.db import migrations

STRUCK = """
CREATE FUNCTION trail_struck(told text, words text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE word text;
BEGIN
    FOREACH word IN ARRAY words LOOP
        told := replace(told, word, '–');
    END LOOP;
    RETURN told;
END $$
"""

# Words are looked for as they stand in JSON, the longest first. Shorter ones would strike what is no name.
STRIKE = r"""
CREATE OR REPLACE FUNCTION trail_strike(words text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE told text[]; patterns text[];
BEGIN
    SELECT array_agg(word ORDER BY length(word) DESC),
           array_agg('%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%')
    INTO told, patterns
    FROM (SELECT DISTINCT substring(quoted FROM 2 FOR length(quoted) - 2) AS word
          FROM (SELECT to_jsonb(one)::text AS quoted FROM unnest(words) AS one WHERE length(one) >= 4) AS asked) AS known;
    IF told IS NOT NULL THEN
        UPDATE trail_change SET before = trail_struck(before::text, told)::jsonb, reason = trail_struck(reason, told)
        WHERE before::text LIKE ANY (patterns) OR reason LIKE ANY (patterns);
    END IF;
END $$
"""
FORMER = import_module("trail.migrations.0002_what_is_forgotten").STRIKE.replace("CREATE ", "CREATE OR REPLACE ")


class Migration(migrations.Migration):
    dependencies = [("trail", "0002_what_is_forgotten")]

    operations = [
        migrations.RunSQL(STRUCK, "DROP FUNCTION trail_struck(text, text[])"),
        migrations.RunSQL(STRIKE, FORMER),
    ]
