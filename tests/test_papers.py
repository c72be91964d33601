"""What the papers say is true as far as a program can tell."""

import datetime as dt
import re
import tomllib
from functools import cache

import pytest
import yaml  # comes with djlint

import dev
from tests.sources import ROOT, files, name_of

PAPERS = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/architecture.md",
    "docs/concepts.md",
    "docs/operations.md",
]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
# Commands of manage.py that papers name and that are Django's own.
OF_DJANGO = {
    "changepassword", "check", "clearsessions", "collectstatic", "createsuperuser", "makemigrations",
    "migrate", "runserver", "shell",
}  # fmt: skip


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def all_papers():
    return sorted({*PAPERS, *(name_of(path) for path in files() if path.suffix == ".md")})


def code_of(name):
    """What stands in a paper as code: fenced blocks and words between backquotes."""
    fenced = re.findall(r"^\s*```\w*\n(.*?)^\s*```", read(name), re.S | re.M)
    return "\n".join([*fenced, *re.findall(r"`([^`\n]+)`", read(name))])


def commands():
    """{name: parser} of dev.py."""
    return next(action.choices for action in dev.parser()._actions if action.choices)


# -- commands --------------------------------------------------------------------------------------


def commands_in(name):
    return set(re.findall(r"python3 dev\.py ([a-z-]+)", code_of(name)))


@pytest.mark.parametrize("name", PAPERS)
def test_commands_named_in_papers_exist(name):
    assert commands_in(name) <= set(commands())


def test_the_readme_names_every_command_and_every_option_of_run():
    assert commands_in("README.md") == set(commands())
    words = {word for action in commands()["run"]._actions for word in action.option_strings}
    assert words - {"-h", "--help"} <= set(code_of("README.md").split())


def own_management_commands():
    folders = (path.parent for path in files() if "management/commands/" in name_of(path))
    return {path.stem for folder in folders for path in folder.glob("[a-z]*.py")}


@pytest.mark.parametrize("name", PAPERS)
def test_management_commands_named_in_papers_exist(name):
    named = set(re.findall(r"(?:manage\.py|dev\.py manage) ([a-z_]+)", code_of(name)))
    assert named <= own_management_commands() | OF_DJANGO


def test_the_readme_names_every_management_command_of_our_own():
    table = read("README.md").partition("Commands for `python3 dev.py manage`")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z_]+)` \|", table, re.M)) == own_management_commands()


# -- the map ---------------------------------------------------------------------------------------


def the_map():
    block = read("README.md").partition("## Map of the house")[2].split("```")[1]
    return [line.split()[0] for line in block.splitlines() if line.strip()]


def test_everything_on_the_map_exists():
    assert [path for path in the_map() if not (ROOT / path).exists()] == []


def test_the_map_shows_every_folder_of_the_root():
    folders = {name_of(path).split("/")[0] + "/" for path in files() if "/" in name_of(path)}
    hidden = {folder for folder in folders if folder.startswith(".")}
    assert folders - hidden - set(the_map()) == set()


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_files_named_as_code_exist(name):
    """Words such as `events/facets.py`; relative ones such as `facets.py` stand beside their folder."""
    named = re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|md|toml|html|env|json|po))`", read(name))
    assert [word for word in named if not (ROOT / word).exists()] == []


# -- decisions -------------------------------------------------------------------------------------


def test_decisions_are_numbered_without_a_gap():
    expected = [f"{number:04}" for number, _ in enumerate(DECISIONS, start=1)]
    assert [path.name[:4] for path in DECISIONS] == expected


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name[:4])
def test_a_decision_has_its_three_parts_on_one_page(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^#+ (.+)$", text, re.M)[1:] == ["Context", "Decision", "Consequences"]
    assert text.startswith(f"# {path.name[:4]}: ")
    assert text.count("\n") <= 60


def test_every_decision_is_listed_once_with_its_number():
    rows = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \| .+ \|$", read("docs/adr/README.md"), re.M)
    assert rows == [(path.name[:4], path.name) for path in DECISIONS]


# -- links -----------------------------------------------------------------------------------------


def links(name):
    return [target for target in re.findall(r"\]\(([^)\s]+)\)", read(name)) if "://" not in target]


@pytest.mark.parametrize("name", all_papers())
def test_links_inside_the_repository_lead_somewhere(name):
    folder = (ROOT / name).parent
    assert [link for link in links(name) if not (folder / link.partition("#")[0]).exists()] == []


def test_the_readme_leads_to_every_paper():
    papers = {path for path in all_papers() if path.startswith("docs/") and "/adr/" not in path}
    assert papers <= set(links("README.md"))


# -- about the software ----------------------------------------------------------------------------

REQUIRED = {
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
    "description", "legal", "maintenance", "localisation",
}  # fmt: skip


@cache
def publiccode():
    return yaml.safe_load(read("publiccode.yml"))


def version():
    return tomllib.loads(read("pyproject.toml"))["project"]["version"]


def test_publiccode_has_what_the_standard_requires():
    """publiccode.yml 0.4, core: keys of presence "mandatory" and their limits."""
    assert set(publiccode()) >= REQUIRED
    assert publiccode()["publiccodeYmlVersion"] == "0.4"
    assert publiccode()["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert publiccode()["localisation"] == {"localisationReady": True, "availableLanguages": ["de", "en"]}
    assert publiccode()["softwareType"] == "standalone/web"
    assert set(publiccode()["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    maintenance = publiccode()["maintenance"]
    assert maintenance["type"] in ("internal", "community"), "else contractors and an end are wanted"
    assert all(contact["name"] for contact in maintenance["contacts"])


def test_publiccode_names_nobody_who_is_not_there():
    told = read("publiccode.yml")
    assert "@" not in told
    assert "Muster" not in told


# Of the standard's lists of categories and of scopes, those that may be said of a directory of events.
CATEGORIES = {
    "content-management", "data-collection", "digital-citizenship", "event-management",
    "knowledge-management",
}  # fmt: skip
SCOPES = {"education", "local-authorities", "research", "science-and-technology", "society"}


def test_publiccode_uses_the_words_of_the_standard():
    assert set(publiccode()["categories"]) <= CATEGORIES
    audience = publiccode()["intendedAudience"]
    assert set(audience["scope"]) <= SCOPES
    assert audience["countries"] == ["de"], "ISO 3166-1 in small letters"
    assert (ROOT / publiccode()["logo"]).suffix == ".svg"
    assert (ROOT / publiccode()["logo"]).is_file()


def test_publiccode_has_dates_and_addresses():
    assert dt.date.fromisoformat(publiccode()["releaseDate"])
    assert publiccode()["url"].startswith("https://")
    assert publiccode()["url"].endswith(".git")
    assert all(key["versionMin"] for key in publiccode()["dependsOn"]["open"])


@pytest.mark.parametrize("language", ["de", "en"])
def test_publiccode_describes_the_software_within_the_limits(language):
    description = publiccode()["description"][language]
    assert 1 <= len(description["shortDescription"]) <= 150
    assert "\n" not in description["shortDescription"]
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert 5 <= len(description["features"]) <= 20
    assert min(map(len, description["features"])) >= 20


def test_all_papers_tell_the_same_version_and_licence():
    assert publiccode()["softwareVersion"] == version()
    assert f"## [{version()}] - {publiccode()['releaseDate']}" in read("CHANGELOG.md")
    licence = tomllib.loads(read("pyproject.toml"))["project"]["license"]
    assert publiccode()["legal"]["license"] == licence == "EUPL-1.2"


def test_the_changelog_is_dated_and_newest_first():
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", read("CHANGELOG.md"), re.M)
    assert released == sorted(released, key=lambda entry: entry[1], reverse=True)


def test_the_licence_is_the_european_union_public_licence():
    lines = read("LICENSE").splitlines()
    assert lines[0] == "# EUROPÄISCHE UNION PUBLIC LICENCE v. 1.2"
    assert lines[1] == "EUPL © Europäische Union 2007, 2016"


# -- places ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*all_papers(), "publiccode.yml", "LICENSE"])
def test_papers_name_no_place_on_anybodys_machine(name):
    found = re.findall(
        r"(?<![\w.:/])/(?:work|root|home|Users|tmp|opt(?!/kongressatlas\b)|mnt)/\S*", read(name)
    )
    assert found == []


# -- licences --------------------------------------------------------------------------------------


def annotations():
    return tomllib.loads(read("REUSE.toml"))["annotations"]


def test_every_licence_lies_beside():
    named = {one["SPDX-License-Identifier"] for one in annotations()}
    assert {path.stem for path in (ROOT / "LICENSES").iterdir()} == named


def test_files_of_others_are_there_and_told_of_beside_them():
    for one in annotations()[1:]:
        paths = [one["path"]] if isinstance(one["path"], str) else one["path"]
        for path in paths:
            assert (ROOT / path).is_file()
            told = (ROOT / path).with_name("README.md").read_text(encoding="utf-8")
            assert f"`{(ROOT / path).name}`" in told
            assert one["SPDX-License-Identifier"] in told
