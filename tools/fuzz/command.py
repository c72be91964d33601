"""`dev.py fuzz`: a site of its own with the catalogue and the samples, asked what nobody should ask.

The database is thrown away afterwards. `--site` names one that runs already instead, `--parsers` tries what
reads files and texts.
"""

import argparse
import signal

from tools import environment, processes, serve, state
from tools.look import HOST
from tools.ports import free_port
from tools.throw_away import ThrowAwayServer

SETTINGS = {
    "EMBEDDED_DATABASE": "true",
    "LOG_LEVEL": "ERROR",
    # Mails are dropped, and nobody is told to come back later: then the rest would not be tried.
    "EMAIL_URL": "dummymail://",
    "REPORTS_PER_HOUR": "100000000",
    "API_REQUESTS_PER_MINUTE": "0",
}


def run(arguments: list[str], variables: dict[str, str]) -> int:
    """Asks and returns the exit status: 1 where something was found."""
    module = [str(environment.PYTHON), "-m", "tools.fuzz"]
    if {"--help", "--parsers"} & set(arguments) or any(
        one.startswith(("--site", "--watched")) for one in arguments
    ):
        # Parsers ask no database; settings want one to be named.
        variables = {"DATABASE_URL": "postgres://nobody@/none"} | _told(variables)
        return processes.run_in_foreground([*module, *arguments], variables)
    options = argparse.Namespace(host=HOST, port=free_port(), no_samples=False, empty=False)
    url = serve.address(options.host, options.port)
    throw_away = ThrowAwayServer()
    try:
        variables = _told(variables) | SETTINGS | {"DATABASE_URL": throw_away.start(), "SITE_URL": url}
        serve.prepare(options, variables, state.editor_password_file(state.folder()))
        server = serve.start(options.host, options.port, variables)
        try:
            serve.wait_until_it_answers(server, options)
            return processes.run_in_foreground([*module, "--site", url, *arguments], variables)
        finally:
            processes.end(server, by=signal.SIGTERM, seconds=serve.STOP_SECONDS)
    finally:
        throw_away.stop()


def _told(variables: dict[str, str]) -> dict[str, str]:
    return variables | {"DJANGO_SETTINGS_MODULE": "config.settings"}
