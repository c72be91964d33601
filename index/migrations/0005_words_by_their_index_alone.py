"""No index but that of the words leads to all events: PostgreSQL would take it, and read each event's words."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('index', '0004_names_of_events_apart'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='document',
            name='document_event_start',
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_once',
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('object', 'noun'), name='document_once'),
        ),
    ]
