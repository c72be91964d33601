"""Which events are a person's own: asked by lists, forms, pages and imports alike."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.rights import rights_of
from events.models.choices import OrganisationRole, State
from events.models.involvement import Participation
from events.models.workflow import Step

# The roles in which an organisation answers for an event: a host only gives the house.
ANSWERING = (OrganisationRole.ORGANISER, OrganisationRole.CO_ORGANISER)
UNPUBLISHED = (State.DRAFT, State.IN_REVIEW)


def own(user: Any) -> Q:
    """Every event for who is bound to none; those of the person's organisations; or those they entered."""
    rights = rights_of(user)
    if rights.every_entry:
        return Q()
    if not user.is_authenticated:
        return Q(pk__in=())
    if rights.bound_to is None:
        return Q(Exists(Step.objects.filter(event=OuterRef("pk"), from_state="", by=user.pk)))
    run = Participation.objects.filter(event=OuterRef("pk"), role__in=ANSWERING)
    return Q(Exists(run.filter(organisation__in=rights.bound_to)))


def editable(user: Any) -> Q:
    """Of the own events: authors without an organisation edit what they entered until it is published."""
    return Q(state__in=UNPUBLISHED) if is_mere_author(user) else Q()


def is_mere_author(user: Any) -> bool:
    """Whether what the person entered is all that is theirs."""
    rights = rights_of(user)
    return not rights.every_entry and rights.bound_to is None
