"""A slug tells who a person is: what was remembered of a load goes when the person is anonymised."""

from django.db import migrations

FORGET = """
CREATE FUNCTION catalogue_forget_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM catalogue_loadedrecord WHERE section = 'people' AND target = NEW.id;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_loaded_records"), ("speakers", "0002_triggers")]

    operations = [
        migrations.RunSQL(FORGET, "DROP FUNCTION catalogue_forget_person()"),
        migrations.RunSQL(
            "CREATE TRIGGER catalogue_forget_person AFTER UPDATE ON speakers_speaker FOR EACH ROW "
            "WHEN (NEW.anonymised_at IS NOT NULL) EXECUTE FUNCTION catalogue_forget_person()",
            "DROP TRIGGER catalogue_forget_person ON speakers_speaker",
        ),
    ]
