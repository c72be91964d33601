"""The trail: one row for each row that was changed, with what it was before.

Its rows are written by triggers on the tables of the nouns (see `lib.triggers.keeps_trail`). Who acts and why the
application says in settings of the transaction. Transactions are numbered by a sequence of our own: numbers of the
server would begin anew where the database is loaded into another one.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NUMBER = """
CREATE FUNCTION trail_transaction() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE told text := current_setting('kongressatlas.transaction', true);
BEGIN
    IF told IS NULL OR told = '' THEN
        told := nextval('trail_transactions');
        PERFORM set_config('kongressatlas.transaction', told, true);
    END IF;
    RETURN told::bigint;
END $$
"""
# What is no key names nobody: a setting made by hand stops no write.
ACTOR = """
CREATE FUNCTION trail_actor() RETURNS bigint LANGUAGE sql STABLE AS $$
SELECT substring(current_setting('kongressatlas.actor', true) FROM '^\\d{1,18}$')::bigint $$
"""
REASON = """
CREATE FUNCTION trail_reason() RETURNS text LANGUAGE sql STABLE AS $$
SELECT left(coalesce(current_setting('kongressatlas.reason', true), ''), 300) $$
"""
MADE = """
CREATE FUNCTION trail_made_by_itself(relation oid) RETURNS text[] LANGUAGE sql STABLE AS $$
SELECT coalesce(array_agg(attname::text), '{}') FROM pg_attribute WHERE attrelid = relation AND attgenerated <> '' $$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transaction", models.BigIntegerField(verbose_name="transaction")),
                ("at", models.DateTimeField(verbose_name="changed at")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("table", models.CharField(max_length=63, verbose_name="table")),
                ("key", models.BigIntegerField(verbose_name="key of the row")),
                ("noun", models.CharField(max_length=20, verbose_name="kind of the entry")),
                ("owner", models.BigIntegerField(verbose_name="key of the entry")),
                (
                    "kind",
                    models.CharField(
                        choices=[("insert", "Added"), ("update", "Changed"), ("delete", "Removed")],
                        max_length=6,
                        verbose_name="kind of change",
                    ),
                ),
                ("before", models.JSONField(null=True, verbose_name="before")),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["owner", "id"], name="change_of_entry"),
                    models.Index(fields=["key", "id"], name="change_of_row"),
                    models.Index(fields=["transaction"], name="change_transaction"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["insert", "update", "delete"])), name="change_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "insert"), _negated=True), ("before", None), _connector="OR"
                        ),
                        name="change_addition_had_nothing_before",
                    ),
                ],
            },
        ),
        migrations.RunSQL("CREATE SEQUENCE trail_transactions", "DROP SEQUENCE trail_transactions"),
        migrations.RunSQL(NUMBER, "DROP FUNCTION trail_transaction()"),
        migrations.RunSQL(ACTOR, "DROP FUNCTION trail_actor()"),
        migrations.RunSQL(REASON, "DROP FUNCTION trail_reason()"),
        migrations.RunSQL(MADE, "DROP FUNCTION trail_made_by_itself(oid)"),
    ]
