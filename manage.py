#!/usr/bin/env python
"""Django's command line; `python3 dev.py manage …` runs it inside the environment and beside the database."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit("Django is not installed here. Use `python3 dev.py manage …` instead.") from error
    from trail.acting import because

    # What the command changes is on the trail with its name.
    with because(" ".join(["manage.py", *sys.argv[1:2]])):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
