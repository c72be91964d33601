"""Whoever changes the catalogue waits for whoever is at it: see `lib.triggers.takes_turns`."""

from django.db import migrations

# Any number, the same for all writers; that of the search is another.
TAKE_TURN = """
CREATE FUNCTION journal_take_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7303011);
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_stones_to_be_lifted")]

    operations = [migrations.RunSQL(TAKE_TURN, "DROP FUNCTION journal_take_turn()")]
