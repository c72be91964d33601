"""The tables of the search, and how a changed entry is noted."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


# Notes the entries of a statement's rows: index_note(noun, column that holds the entry's key). One trigger for each
# kind of statement, since their transition tables differ.
NOTE = """
CREATE FUNCTION index_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        EXECUTE format('INSERT INTO index_pending (noun, object) SELECT DISTINCT %L, %I FROM new_rows', TG_ARGV[0], TG_ARGV[1]);
    END IF;
    IF TG_OP IN ('DELETE', 'UPDATE') THEN
        EXECUTE format('INSERT INTO index_pending (noun, object) SELECT DISTINCT %L, %I FROM old_rows', TG_ARGV[0], TG_ARGV[1]);
    END IF;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        # Trusted since PostgreSQL 13: the database's owner may create it.
        TrigramExtension(),
        migrations.RunSQL(NOTE, "DROP FUNCTION index_note()"),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(max_length=12, verbose_name='kind')),
                ('object', models.BigIntegerField(verbose_name='number of the entry')),
                ('words', django.contrib.postgres.search.SearchVectorField(verbose_name='words')),
                ('head', django.contrib.postgres.search.SearchVectorField(verbose_name='words of titles, names, topics and places')),
                ('forms', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None, verbose_name='words as they are written')),
                ('starts_at', models.DateTimeField(null=True, verbose_name='begins')),
                ('ends_at', models.DateTimeField(null=True, verbose_name='ends')),
            ],
            options={
                'verbose_name': 'searched entry',
                'verbose_name_plural': 'searched entries',
                'indexes': [django.contrib.postgres.indexes.GinIndex(condition=models.Q(('noun', 'event')), fields=['words'], name='document_event_words'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('noun', 'event'), _negated=True), fields=['words'], name='document_other_words'), models.Index(condition=models.Q(('noun', 'event')), fields=['starts_at'], name='document_event_start')],
                'constraints': [models.UniqueConstraint(fields=('noun', 'object'), name='document_once')],
            },
        ),
        migrations.CreateModel(
            name='Name',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(max_length=12, verbose_name='kind')),
                ('object', models.BigIntegerField(verbose_name='number of the entry')),
                ('text', models.TextField(verbose_name='name')),
                ('start', models.TextField(verbose_name='folded name')),
                ('rank', models.SmallIntegerField(verbose_name='rank')),
                ('canonical', models.TextField(blank=True, verbose_name='stems')),
                ('meaning', models.TextField(blank=True, verbose_name='meaning')),
            ],
            options={
                'verbose_name': 'searched name',
                'verbose_name_plural': 'searched names',
                'indexes': [models.Index(fields=['noun', 'object'], name='name_of'), models.Index(django.contrib.postgres.indexes.OpClass('start', name='text_pattern_ops'), name='name_start'), models.Index(models.F('canonical'), condition=models.Q(('canonical', ''), _negated=True), name='name_canonical'), models.Index(models.F('meaning'), condition=models.Q(('meaning', ''), _negated=True), name='name_meaning')],
            },
        ),
        migrations.CreateModel(
            name='Pending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(max_length=12, verbose_name='kind')),
                ('object', models.BigIntegerField(verbose_name='number of the entry')),
            ],
            options={
                'verbose_name': 'entry to be read again',
                'verbose_name_plural': 'entries to be read again',
                'indexes': [models.Index(fields=['noun', 'object'], name='pending_entry')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.TextField(unique=True, verbose_name='word')),
                ('plain', models.TextField(verbose_name='plain spelling')),
                ('key', models.TextField(verbose_name='stem')),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None, verbose_name='stems of its parts')),
                ('count', models.IntegerField(verbose_name='number of entries')),
            ],
            options={
                'verbose_name': 'word',
                'verbose_name_plural': 'words',
                'indexes': [models.Index(fields=['key'], name='word_key'), models.Index(django.contrib.postgres.indexes.OpClass('plain', name='text_pattern_ops'), name='word_plain'), django.contrib.postgres.indexes.GinIndex(fields=['parts'], name='word_parts'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('plain', name='gin_trgm_ops'), name='word_trigrams')],
            },
        ),
    ]
