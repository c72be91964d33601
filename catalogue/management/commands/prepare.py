"""Everything between an empty database and a working site, in one process: `dev.py run` calls it."""

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue import loading, samples
from catalogue.entries import RefusedError
from catalogue.management.commands.load_catalogue import refusal
from catalogue.models import LoadedRecord
from catalogue.schema import SECTIONS
from index.refresh import is_stale, refresh_all

EDITOR = "editor"


class Command(BaseCommand):
    help = "Migrate, fill an empty database, make the account `editor`, collect static files."
    # The checks take longer than the second start may; `dev.py check` runs them.
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--no-samples", action="store_true", help="real events only")
        parser.add_argument("--empty", action="store_true", help="load nothing")
        parser.add_argument("--editor-password-file", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        # dev.py, whose lines these stand between, speaks English to developers.
        with override("en"):
            self._prepare(options)

    def _prepare(self, options: dict[str, Any]) -> None:
        try:
            self._migrate()
            if not options["empty"]:
                self._fill(with_samples=not options["no_samples"])
            self._redate_samples()
            self._read_for_search()
        except OperationalError as error:
            raise CommandError(_("The database does not answer: %(reason)s") % {"reason": error}) from error
        except RefusedError as refused:
            raise CommandError(refusal(refused)) from None
        self._make_editor(options["editor_password_file"])
        self._collect_static_files()

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        """One line per step: its name, progress while it runs, the seconds it took."""
        started = time.monotonic()
        self._say(f"  {name} …")
        try:
            yield
        except BaseException:
            self._say("\n")
            raise
        self._say(f" {time.monotonic() - started:.1f} s\n")

    def _say(self, text: str) -> None:
        self.stdout.write(text, ending="")
        self.stdout.flush()

    def _progress(self, line: str) -> None:
        """Of a section's line of progress only its name has room here."""
        if ":" in line:
            self._say(f" {line.split(':')[0]}")

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        with self._step(_("Bringing the database up to date")):
            call_command("migrate", verbosity=0, interactive=False)

    def _fill(self, *, with_samples: bool) -> None:
        """Catalogue and samples come together or not at all: a start cut short leaves the database empty."""
        if not is_empty():
            return
        with transaction.atomic():
            path = settings.BASE_DIR / "data" / "catalogue.json"
            with self._step(_("Loading the catalogue")):
                loading.load_file(path, progress=self._progress)
            if not with_samples:
                return
            if not settings.SAMPLES_ALLOWED:
                self._say("  " + _("No samples: DATABASE_URL names a database of its operator.") + "\n")
                return
            with self._step(_("Loading the samples")):
                samples.load(timezone.localdate(), progress=self._progress)

    def _redate_samples(self) -> None:
        today = timezone.localdate()
        if not settings.SAMPLES_ALLOWED or not samples.are_out_of_date(today):
            return
        with self._step(_("Moving the samples to the coming weeks")):
            samples.load(today)

    def _read_for_search(self) -> None:
        """What was loaded, so that no visitor's question has to wait for it."""
        if is_stale():
            with self._step(_("Reading the entries for the search")):
                refresh_all()

    def _make_editor(self, password_file: Path) -> None:
        """The first account; a password that was changed later is never set back."""
        users = get_user_model()._default_manager
        if users.filter(username=EDITOR).exists():
            return
        try:
            password = password_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            values = {"path": password_file, "reason": error.strerror}
            raise CommandError(_("%(path)s cannot be read: %(reason)s.") % values) from None
        if not password:
            raise CommandError(_("%(path)s holds no password.") % {"path": password_file})
        with self._step(_("Making the account “%(name)s”") % {"name": EDITOR}):
            users.create_superuser(EDITOR, email="", password=password)

    def _collect_static_files(self) -> None:
        root = Path(settings.STATIC_ROOT)
        stamp = root.with_name(f"{root.name}.stamp")
        sources = fingerprint_of_sources()
        if root.is_dir() and stamp.exists() and stamp.read_text() == sources:
            return
        with self._step(_("Collecting static files")):
            stamp.unlink(missing_ok=True)
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(sources)


def is_empty() -> bool:
    """Whether nothing was ever loaded or written: deleted entries have left their traces."""
    rows = any(section.model._default_manager.exists() for section in SECTIONS)
    return not rows and not LoadedRecord.objects.exists()


def fingerprint_of_sources() -> str:
    """Changes with any static file's name, size or date, with the storage and with the versions."""
    digest = hashlib.sha256(f"{sys.version} {django.__version__} {settings.STORAGES}".encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"\n{name} {facts.st_size} {facts.st_mtime_ns}".encode())
    return digest.hexdigest()
