"""The catalogue's version and the tombstones; both are written by triggers on the tables of the nouns.

A statement that changes public rows notes its transaction in `journal_pending`. When the transaction commits,
the version is raised once, last of all that is done at commits: the lock on its one row lasts no longer than
the commit. Whoever sees the new number sees the new rows.
"""

from django.db import migrations, models

PENDING = """
CREATE UNLOGGED TABLE journal_pending (txid xid8 PRIMARY KEY, is_last boolean NOT NULL DEFAULT false)
"""

NOTE_CHANGE = """
CREATE FUNCTION journal_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT FROM stale) THEN RETURN NULL; END IF;
    ELSIF TG_OP <> 'TRUNCATE' THEN
        IF NOT EXISTS (SELECT FROM fresh) THEN RETURN NULL; END IF;
    END IF;
    INSERT INTO journal_pending (txid) VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$
"""

# Other triggers that wait for the commit may bring further changes: the first call only puts itself behind them.
RAISE_VERSION = """
CREATE FUNCTION journal_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.is_last THEN
        UPDATE journal_pending SET is_last = true WHERE txid = NEW.txid;
        RETURN NULL;
    END IF;
    INSERT INTO journal_catalogueversion AS version (id, number, at) VALUES (1, 1, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET number = version.number + 1, at = EXCLUDED.at;
    DELETE FROM journal_pending WHERE txid = NEW.txid;
    RETURN NULL;
END $$
"""

AT_COMMIT = """
CREATE CONSTRAINT TRIGGER journal_pending_raise_version AFTER INSERT OR UPDATE ON journal_pending
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_raise_version()
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CatalogueVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(verbose_name="number")),
                ("at", models.DateTimeField(verbose_name="raised")),
            ],
            options={
                "verbose_name": "version of the catalogue",
                "verbose_name_plural": "versions of the catalogue",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="catalogueversion_is_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noun", models.CharField(max_length=12, verbose_name="kind")),
                ("uid", models.UUIDField(unique=True, verbose_name="permanent identifier")),
                ("slug", models.CharField(blank=True, max_length=80, verbose_name="address name")),
                ("gone_at", models.DateTimeField(db_index=True, verbose_name="gone since")),
                (
                    "reason",
                    models.CharField(
                        choices=[("withdrawn", "Withdrawn"), ("deleted", "Deleted"), ("anonymised", "Anonymised")],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="comes back")),
            ],
            options={
                "verbose_name": "tombstone",
                "verbose_name_plural": "tombstones",
                "ordering": ["gone_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["withdrawn", "deleted", "anonymised"])),
                        name="tombstone_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("noun", "speaker"), _negated=True), ("slug", ""), _connector="OR"),
                        name="tombstone_of_a_person_names_nobody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(PENDING, "DROP TABLE journal_pending"),
        migrations.RunSQL(NOTE_CHANGE, "DROP FUNCTION journal_note_change()"),
        migrations.RunSQL(RAISE_VERSION, "DROP FUNCTION journal_raise_version()"),
        migrations.RunSQL(AT_COMMIT, "DROP TRIGGER journal_pending_raise_version ON journal_pending"),
    ]
