"""Each step of an entry towards the public is kept, with its note and who took it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

STATES = [('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')]


class Migration(migrations.Migration):
    dependencies = [
        ('events', '0012_pictures_drawn_anew'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(blank=True, choices=STATES, max_length=9, verbose_name='from')),
                ('to_state', models.CharField(choices=STATES, max_length=9, verbose_name='to')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('publish_from', models.DateTimeField(blank=True, null=True, verbose_name='publish from')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='events.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['at', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('from_state__in', ['draft', 'in_review', 'published', 'withdrawn', ''])), name='step_from_known'),
                    models.CheckConstraint(condition=models.Q(('to_state__in', ['draft', 'in_review', 'published', 'withdrawn'])), name='step_to_known'),
                    models.CheckConstraint(condition=models.Q(('from_state', ''), models.Q(('to_state__in', ['draft', 'withdrawn']), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='step_back_says_why'),
                    models.UniqueConstraint(condition=models.Q(('from_state', '')), fields=('event',), name='step_begins_once'),
                ],
            },
        ),
    ]
