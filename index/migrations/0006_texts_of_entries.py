"""What an entry says lies beside its words; rows get it when they are read again, and until then say nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('index', '0005_words_by_their_index_alone'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='texts',
            field=models.JSONField(null=True, verbose_name='texts'),
        ),
    ]
