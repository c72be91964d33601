import re

from django.db import migrations, models
from django.db.models import Q

# As the release before wrote them into notes, in either language of the admin.
TITLE = re.compile(r'(?:\A|(?:\r?\n){2})(?=(?:Frühere Antwort|Earlier answer):(?:\r?\n){2})')


def move_out_of_notes(apps, schema_editor):
    """What follows the title moves along: whatever it is, a name may stand in it."""
    reports = apps.get_model('feedback', 'Report').objects
    likely = Q(note__contains='Frühere Antwort:') | Q(note__contains='Earlier answer:')
    for report in reports.filter(likely).iterator():
        found = TITLE.search(report.note)
        if found is None:
            continue
        # Who has no name, no address and no answer any more was erased.
        was_erased = not (report.name or report.email or report.answer)
        text = '' if was_erased else report.note[found.end():]
        reports.filter(pk=report.pk).update(note=report.note[:found.start()], earlier_answers=text)


def move_back(apps, schema_editor):
    reports = apps.get_model('feedback', 'Report').objects
    for report in reports.exclude(earlier_answers='').iterator():
        text = report.earlier_answers
        titled = text if TITLE.match(text) else f'Earlier answer:\n\n{text}'
        note = '\n\n'.join(filter(None, [report.note, titled]))
        reports.filter(pk=report.pk).update(note=note)


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0002_answers_and_who_writes_them'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='earlier_answers',
            field=models.TextField(blank=True, db_default='', default='', help_text='Of a report that was taken up again, and what was never sent.', verbose_name='earlier answers'),
        ),
        migrations.RunPython(move_out_of_notes, move_back),
    ]
