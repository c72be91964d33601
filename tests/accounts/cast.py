"""People with every kind of rights, entries of their own and of others."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser, Group

from accounts.models import Membership
from events.actions import begin
from events.models import Event
from organisations.models import Organisation
from tests import factories as make

STATES = ("draft", "in_review", "published", "withdrawn")


def group(name: str) -> Group:
    """As the migrations made it, also after a test that emptied the tables."""
    if not Group.objects.filter(name=name).exists():
        import_module("accounts.migrations.0002_groups").make(apps)
        for more in (
            "accounts.migrations.0005_editors_see_operations",
            "accounts.migrations.0006_administrators_answer_requests",
            "pages.migrations.0003_the_statement_of_the_settings",
        ):
            import_module(more).allow(apps, None)
    return Group.objects.get(name=name)


@cache
def _password() -> str:
    """The same for all: making one takes its time on purpose."""
    return make_password("ein langes Kennwort")


def person(name: str, *groups: str, is_staff: bool = True) -> Any:
    made = get_user_model().objects
    user = made.create(username=name, email=f"{name}@example.org", password=_password(), is_staff=is_staff)
    user.groups.add(*map(group, groups))
    return user


def member(name: str, *organisations: Organisation, may_publish: bool = False) -> Any:
    user = person(name, "author")
    for organisation in organisations:
        Membership.objects.create(user=user, organisation=organisation, may_publish=may_publish)
    return user


@dataclass(frozen=True)
class People:
    administrator: Any
    publisher: Any
    editor: Any
    author: Any  # no organisation; entered `written`
    member: Any  # of `own`
    trusted_member: Any  # of `own`, may publish
    stranger: Any  # a member of `foreign`, may publish
    nobody: Any  # staff without any right
    visitor: Any
    own: Organisation
    foreign: Organisation
    # {state: event}; `own` is co-organiser, organiser is a third one
    ours: dict[str, Event]
    # {state: event}; `foreign` is organiser, and `own` a mere partner
    theirs: dict[str, Event]
    written: dict[str, Event]

    @property
    def bound(self) -> dict[str, Any]:
        """Those to whom `theirs` are foreign."""
        names = ("author", "member", "trusted_member", "nobody", "visitor")
        return {name: getattr(self, name) for name in names}


def make_people() -> People:
    own = make.OrganisationFactory(slug="eigene", name="Eigene Gesellschaft")
    foreign = make.OrganisationFactory(slug="fremde", name="Fremder Verein")
    author = person("author", "author")
    return People(
        administrator=person("administrator", "administrator"),
        publisher=person("publisher", "publisher"),
        editor=person("editor", "editor"),
        author=author,
        member=member("member", own),
        trusted_member=member("trusted", own, may_publish=True),
        stranger=member("stranger", foreign, may_publish=True),
        nobody=person("nobody"),
        visitor=AnonymousUser(),
        own=own,
        foreign=foreign,
        ours={state: _ours(state, own) for state in STATES},
        theirs={state: _theirs(state, own, foreign) for state in STATES},
        written={state: _written(state, author) for state in STATES},
    )


def _entry(whose: str, state: str, **more: Any) -> Event:
    """What tells the entry apart stands in its address, too."""
    slug = f"{whose}tagung-{state}".lower().replace("_", "-")
    seen = {} if state in ("published", "withdrawn") else {"published_at": None}
    return make.EventFactory(title=f"{whose}tagung {state}", slug=slug, state=state, **seen, **more)


def _ours(state: str, own: Organisation) -> Event:
    event = _entry("Eigen", state, organisers=[make.OrganisationFactory()])
    make.ParticipationFactory(event=event, organisation=own, role="co_organiser", position=1)
    return event


def _theirs(state: str, own: Organisation, foreign: Organisation) -> Event:
    event = _entry("Fremd", state, organisers=[foreign])
    make.ParticipationFactory(event=event, organisation=own, role="partner", position=1)
    return event


def _written(state: str, author: Any) -> Event:
    event = _entry("Verfasst", state)
    begin(event, by=author)
    return event
