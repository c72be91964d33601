"""`dev.py look`: what every page type looks like, in four windows, beside how it looked before.

A site of its own with the catalogue and the samples, whose database is thrown away afterwards; pictures and
contact sheet lie in the checkout's folder (`tools/state.py`), of this run and of the one before.
"""

import argparse
import signal

from tools import environment, processes, serve, state
from tools.ports import free_port
from tools.throw_away import ThrowAwayServer

HOST = "127.0.0.1"


def run(arguments: list[str], variables: dict[str, str]) -> int:
    """Takes the pictures and writes the contact sheet; returns the exit status of `tools.look_sheet`."""
    home = state.folder()
    options = argparse.Namespace(host=HOST, port=free_port(), no_samples=False, empty=False)
    url = serve.address(options.host, options.port)
    throw_away = ThrowAwayServer()
    try:
        # The pages of a developer's own machine, the gallery among them, with samples.
        variables = variables | {"DATABASE_URL": throw_away.start(), "EMBEDDED_DATABASE": "true"}
        variables |= {"SITE_URL": url}
        serve.prepare(options, variables, state.editor_password_file(home))
        server = serve.start(options.host, options.port, variables)
        try:
            serve.wait_until_it_answers(server, options)
            module = [str(environment.PYTHON), "-m", "tools.look_sheet"]
            command = [*module, "--site", url, "--folder", str(home / "look"), *arguments]
            return processes.run_in_foreground(command, variables)
        finally:
            processes.end(server, by=signal.SIGTERM, seconds=serve.STOP_SECONDS)
    finally:
        throw_away.stop()
