"""The rules of the house. What breaks one either changes or gets a line with a reason here."""

import ast
import graphlib
import importlib.util
import os
import re
import tomllib
from urllib.parse import urlsplit

import pytest

from tests.rules import own_models, rules_of
from tests.sources import ROOT, files, functions, name_of, python_files, table_rows, templates

LONGEST_FUNCTION, LONGEST_MODULE, LONGEST_TEMPLATE, DEEPEST_TEMPLATE = 40, 300, 150, 2

# What may be longer, and why.
LONG_MODULES = {
    "config/settings.py": "all settings stand in one file, each with its explanation",
    "tests/events/outputs/cast.py": "one maker for each case of the golden files; they are read together",
}
LONG_FUNCTIONS = {
    "tests/events/outputs/cast.py:make": "a flat list of all that an event can have around it",
}
LONG_TEMPLATES: dict[str, str] = {}


# -- size ------------------------------------------------------------------------------------------


def test_functions_are_short():
    long = {
        f"{module}:{node.name}": node.end_lineno - node.lineno + 1
        for module, node in functions()
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert set(long) == set(LONG_FUNCTIONS), long


def test_modules_are_short():
    long = {
        name: text.count("\n")
        for name, (text, _) in python_files().items()
        if text.count("\n") > LONGEST_MODULE
    }
    assert set(long) == set(LONG_MODULES), long


def test_templates_are_short():
    long = {
        name: text.count("\n") for name, text in templates().items() if text.count("\n") > LONGEST_TEMPLATE
    }
    assert set(long) == set(LONG_TEMPLATES), long


def test_templates_are_not_deep():
    assert {name: chain for name in templates() if len(chain := ancestry(name)) > DEEPEST_TEMPLATE} == {}


def ancestry(name):
    """A template and those of our own that it extends, one after the other."""
    chain = [name]
    while parent := re.search(r"{%\s*extends\s+[\"']([^\"']+)[\"']", templates()[chain[-1]]):
        if parent[1] not in templates() or parent[1] in chain:
            break
        chain.append(parent[1])
    return chain


# -- code ------------------------------------------------------------------------------------------


def test_functions_say_what_they_return():
    bare = [
        f"{module}:{node.name}"
        for module, node in functions()
        if node.returns is None and not module.startswith("tests/")
    ]
    assert bare == []


def test_modules_are_named_after_their_subject():
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "stuff"}
    named = [
        name
        for name in python_files()
        if vague & set(name.removesuffix(".py").lower().replace("_", "/").split("/"))
    ]
    assert named == []


def test_models_of_two_apps_never_import_each_other():
    assert_one_way({name: name.split("/")[0] for name in model_modules()})


def test_model_modules_never_import_each_other_in_circles():
    assert_one_way({name: name.removesuffix("/__init__.py").removesuffix(".py") for name in model_modules()})


def model_modules():
    return [name for name in python_files() if re.match(r"(?!tests/)\w+/models(\.py|/\w+\.py)$", name)]


def assert_one_way(groups):
    """The imports among these modules, taken group by group, form no circle."""
    graph = {group: set() for group in groups.values()}
    for name, group in groups.items():
        targets = {groups.get(module) for module in imports_of(python_files()[name][1], groups)}
        graph[group] |= targets - {None, group}
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError and names the circle


def imports_of(tree, known):
    """The file names of the modules that it imports from, of those that are known."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                package = node.module.replace(".", "/")
                files = [f"{package}/{alias.name}.py", f"{package}.py", f"{package}/__init__.py"]
                yield next((file for file in files if file in known), "")


def test_there_is_no_second_database_driver():
    assert importlib.util.find_spec("psycopg") is None, "Django would silently prefer it to psycopg2"


def test_runtime_dependencies_are_few():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (budget,) = re.findall(r"\| runtime dependencies \| ≤ (\d+),", (ROOT / "CONTRIBUTING.md").read_text())
    assert len(project["dependencies"]) <= int(budget)


def test_one_module_knows_what_the_site_is_called():
    """Whoever asks the setting misses the name in the other language."""
    asks = {name for name, (text, _) in python_files().items() if "settings.SITE_NAME" in text}
    assert {name for name in asks if not name.startswith("tests/")} == set()


# -- pages -----------------------------------------------------------------------------------------

INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a script without src": r"<script(?![^>]*\ssrc=)(?![^>]*type=.application/(ld\+)?json)",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "a javascript: address": r"[\"']\s*javascript:",
}


@pytest.mark.parametrize("what", INLINE)
def test_nothing_is_inline(what):
    own = {name: re.sub(r"{[%{#].*?[%}#]}", "", text, flags=re.S) for name, text in templates().items()}
    own |= {name: text for name, (text, _) in python_files().items() if not name.startswith("tests/")}
    assert [name for name, text in own.items() if re.search(INLINE[what], text, re.I)] == []


def test_no_words_are_asked_for_within_an_f_string():
    """Who collects the messages sees one token there, and they would never be translated."""
    asks = {"_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_lazy", "ngettext_lazy"}
    assert [
        f"{name}:{call.lineno}"
        for name, (_, tree) in python_files().items()
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in asks
    ] == []


# -- database --------------------------------------------------------------------------------------


def test_migrations_say_what_they_do():
    names = [path.stem for path in files() if path.parent.name == "migrations" and path.stem != "__init__"]
    assert [
        name
        for name in names
        if not re.fullmatch(r"\d{4}_(?!auto_|initial$|alter_|merge_)[a-z][a-z0-9_]{4,}", name)
    ] == []


def test_each_constraint_is_named_in_a_test():
    tests = "".join(text for name, (text, _) in python_files().items() if "/test_" in name)
    assert [rule for rule in sorted(rules_of()) if rule not in tests] == [], (
        "each needs a test that tries to break it"
    )


def test_each_field_is_public_internal_or_personal():
    documented = {row[0]: [name for cell in row[1:4] for name in cell.split()] for row in classification()}
    fields = {model._meta.label: own_fields(model) for model in own_models()}
    assert {label: sorted(names) for label, names in documented.items()} == fields


def own_fields(model):
    return sorted(field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many))


def classification():
    return [row for row in table_rows("data-classification.md") if row[0] != "Model"]


def test_personal_fields_say_how_they_are_erased():
    assert [row[0] for row in classification() if bool(row[3]) != bool(row[4])] == []


# -- settings --------------------------------------------------------------------------------------


def environment_variables():
    """{variable: its default, where it is written as a plain value} from config/settings.py."""
    tree = python_files()["config/settings.py"][1]
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    found = {}
    for node in ast.walk(tree):
        reads = isinstance(node, ast.Call) and (
            (isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "env")
            or getattr(node.func, "id", "") in own
        )
        if reads and node.args and isinstance(node.args[0], ast.Constant):
            default = [word.value for word in node.keywords if word.arg == "default"]
            plain = default and isinstance(default[0], ast.Constant | ast.List)
            found.setdefault(node.args[0].value, ast.literal_eval(default[0]) if plain else None)
    return found


def documented_settings():
    return {row[0]: row[1] for row in table_rows("settings.md") if row[0] != "Variable"}


def test_each_setting_is_documented_and_nothing_else():
    assert set(documented_settings()) == set(environment_variables())


def test_documented_defaults_are_true():
    documented = documented_settings()
    for name, default in environment_variables().items():
        if default in ("", []):
            assert documented[name] in ("empty", "owed", "**required**"), name
        elif default is not None:
            shown = str(default).lower() if isinstance(default, bool) else str(default)
            assert documented[name] == f"`{shown}`", name


# -- repository ------------------------------------------------------------------------------------

# Written so that this file does not contain what it looks for.
STRANGERS = [
    r"(?<![\w.])/(?:work|root|home|Users)/[A-Za-z0-9_.]",  # a place on somebody's machine
    r"[A-Z]:\\\\?Users\\",
    r"https?://[^/\s]*(?:python" r"hosted|pypi\.|artifactory|nexus)",  # a package registry
]


def test_no_file_names_a_machine_or_a_registry():
    configured = [
        os.environ.get(name, "") for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX")
    ]
    hosts = {host for text in configured for url in text.split() if (host := urlsplit(url).hostname)}
    pattern = re.compile("|".join([*STRANGERS, *map(re.escape, hosts)]))
    found = []
    for path in files():
        text = path.read_bytes().decode(errors="ignore")
        found += [f"{name_of(path)}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in files() if path.suffix == ".py" and ROOT / "tests" in path.parents}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
