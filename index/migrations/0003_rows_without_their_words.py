"""Rows of the index hold keys and dates; their words lie beside them, so that very many rows can be counted fast."""

from django.db import migrations

ASIDE = """
ALTER TABLE index_document SET (toast_tuple_target = 128);
ALTER TABLE index_document ALTER words SET STORAGE EXTERNAL, ALTER head SET STORAGE EXTERNAL
"""
BACK = """
ALTER TABLE index_document RESET (toast_tuple_target);
ALTER TABLE index_document ALTER words SET STORAGE EXTENDED, ALTER head SET STORAGE EXTENDED
"""


class Migration(migrations.Migration):
    dependencies = [("index", "0002_searches_do_not_wait_for_rebuilds")]

    operations = [migrations.RunSQL(ASIDE, BACK)]
