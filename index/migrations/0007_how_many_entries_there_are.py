"""One word more stands for all entries; until the index has counted them its guesses are those of an empty one."""

from django.db import migrations

COUNT = """
INSERT INTO index_word (form, plain, key, parts, count)
SELECT '', '', '', '{}', count(*) FROM index_document HAVING count(*) > 0 ON CONFLICT (form) DO NOTHING
"""


class Migration(migrations.Migration):

    dependencies = [
        ('index', '0006_texts_of_entries'),
    ]

    operations = [
        migrations.RunSQL(COUNT, "DELETE FROM index_word WHERE form = ''"),
    ]
