"""Where processes find what another one has made. Nothing in it outlives a crash of the server, nor need it."""

from django.db import migrations, models

# Written by whoever makes a page, read once by each process: no row of it has to survive, so none is logged.
UNLOGGED = "ALTER TABLE shelf_sharedpage SET UNLOGGED"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SharedPage",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="key")),
                ("seed", models.TextField(verbose_name="seed")),
                ("claimed_at", models.DateTimeField(verbose_name="claimed")),
                ("page", models.BinaryField(null=True, verbose_name="page")),
            ],
            options={
                "verbose_name": "kept page",
                "verbose_name_plural": "kept pages",
            },
        ),
        migrations.RunSQL(UNLOGGED, "ALTER TABLE shelf_sharedpage SET LOGGED"),
    ]
