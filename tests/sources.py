"""The project's own files, as the tests of the house rules read them."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def files():
    """All files of the repository, new ones too; in a copy without history all that nobody would ignore."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
        return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    hidden = re.compile(r"(^|/)(\.venv|\.state|\..*cache|__pycache__|staticfiles|media|node_modules)/")
    return [
        path for path in ROOT.rglob("*") if path.is_file() and not hidden.search(str(path.relative_to(ROOT)))
    ]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


@cache
def python_files():
    """{name: (text, syntax tree)} of all modules but migrations, which are records."""
    found = {}
    for path in files():
        if path.suffix == ".py" and "migrations" not in path.parts:
            text = path.read_text()
            found[name_of(path)] = (text, ast.parse(text))
    return found


def functions():
    """(module, function) for every function, nested ones too."""
    for module, (_, tree) in python_files().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node


@cache
def templates():
    """{name: text} of all templates of our own, by the name that `extends` uses."""
    found = {}
    for path in files():
        if "templates" in path.parts and path.suffix in (".html", ".txt", ".xml"):
            found[name_of(path).partition("templates/")[2]] = path.read_text()
    return found


def table_rows(document):
    """The rows of all tables of a Markdown file below docs/, as lists of cells."""
    lines = (ROOT / "docs" / document).read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows if not set("".join(row)) <= set("-: ")]
