"""A published statement stays as it is, whoever writes; pages made of it are made anew.

Of its columns only the account that published it may be emptied, with the account.
"""

from django.db import migrations

from lib.triggers import raises_version

STATEMENT = """
CREATE FUNCTION pages_statement_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = jsonb_set(to_jsonb(OLD), '{published_by_id}', 'null') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A published statement stays as it is.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_published_stays', TABLE = TG_TABLE_NAME;
END $$
"""
BARRIER = """
CREATE FUNCTION pages_barrier_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM pages_statement
        WHERE published_at IS NOT NULL AND id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.statement_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.statement_id END)
    ) THEN
        RAISE EXCEPTION 'A published statement stays as it is.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_published_stays', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_the_accessibility_statement_as_data"),
        ("journal", "0001_what_changed"),
    ]

    operations = [
        migrations.RunSQL(STATEMENT, "DROP FUNCTION pages_statement_stay()"),
        migrations.RunSQL(
            "CREATE TRIGGER pages_statement_stay BEFORE UPDATE OR DELETE ON pages_statement FOR EACH ROW "
            "WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION pages_statement_stay()",
            "DROP TRIGGER pages_statement_stay ON pages_statement",
        ),
        migrations.RunSQL(BARRIER, "DROP FUNCTION pages_barrier_stay()"),
        migrations.RunSQL(
            "CREATE TRIGGER pages_barrier_stay BEFORE INSERT OR UPDATE OR DELETE ON pages_barrier "
            "FOR EACH ROW EXECUTE FUNCTION pages_barrier_stay()",
            "DROP TRIGGER pages_barrier_stay ON pages_barrier",
        ),
        *raises_version("pages_statement"),
        *raises_version("pages_barrier"),
    ]
