"""A name is struck also where a line ends within it."""

from importlib import import_module

from django.db import migrations

# Between the words of a name any blanks may stand, as they are or as JSON writes them.
STRUCK = r"""
CREATE OR REPLACE FUNCTION trail_struck(told text, words text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE word text; pattern text;
BEGIN
    FOREACH word IN ARRAY words LOOP
        IF word LIKE '% %' THEN
            pattern := regexp_replace(word, '([][(){}.*+?^$|\\-])', '\\\1', 'g');
            told := regexp_replace(told, regexp_replace(pattern, ' +', '(\\s|\\u00a0|\\\\[nrt])+', 'g'), '–', 'g');
        ELSE
            told := replace(told, word, '–');
        END IF;
    END LOOP;
    RETURN told;
END $$
"""
before = import_module("trail.migrations.0003_words_struck_in_one_walk")
ESCAPED = r"regexp_replace(word, '([\\%_])', '\\\1', 'g')"
STRIKE = before.STRIKE.replace(ESCAPED, f"replace({ESCAPED}, ' ', '%')")


class Migration(migrations.Migration):
    dependencies = [("trail", "0003_words_struck_in_one_walk")]

    operations = [
        migrations.RunSQL(STRUCK, before.STRUCK.replace("CREATE ", "CREATE OR REPLACE ")),
        migrations.RunSQL(STRIKE, before.STRIKE),
    ]
