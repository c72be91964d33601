import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalogue import loading
from catalogue.entries import RefusedError, Report
from catalogue.loading import Pulse, silent
from index.ahead import ahead

SHOWN = 200


class Command(BaseCommand):
    help = "Load an exchange file. Loading the same file again changes nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        default = settings.BASE_DIR / "data" / "catalogue.json"
        parser.add_argument("file", nargs="?", type=Path, default=default, help=f"({default.name})")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        with ahead() as reading:
            try:
                report = loading.load_file(
                    options["file"],
                    progress=self.stderr.write,
                    pulse=told_on_terminals(self.stderr),
                    written=reading.look,
                )
            except RefusedError as refused:
                raise CommandError(refusal(refused)) from None
            # So that no visitor's question has to wait for it.
            pulse = Pulse(told_on_terminals(self.stderr))
            reading.go_on(lambda done: pulse.beat(_("read for the search"), done), os.cpu_count() or 1)
        self.stdout.write(summary(report, time.monotonic() - started))


def told_on_terminals(stream: Any) -> Callable[[str], None]:
    """Lines about work that lasts, for who watches; a log needs none."""
    return stream.write if stream.isatty() else silent


def refusal(refused: RefusedError) -> str:
    """Every rejection on a line of its own, the first ones if there are very many."""
    lines = [str(rejection) for rejection in refused.rejections[:SHOWN]]
    if len(refused.rejections) > SHOWN:
        lines.append(_("… and %(count)d more") % {"count": len(refused.rejections) - SHOWN})
    return "\n".join([_("Nothing was loaded and nothing was changed:"), *lines])


def summary(report: Report, seconds: float) -> str:
    """What was done, and which records were left alone."""
    lines = [f"  {notice}" for notice in report.left_alone]
    if lines:
        lines.insert(0, _("Left alone:"))
    if report.changed_nothing:
        lines.append(
            _("Nothing to do: the database says the same already (%(seconds).1f s).") % {"seconds": seconds}
        )
    else:
        told = _("Loaded: %(new)d new, %(changed)d changed entries in %(seconds).1f s.")
        counts = {"new": report.created.total(), "changed": report.updated.total(), "seconds": seconds}
        lines.append(told % counts)
    return "\n".join(lines)
