"""The question that a visitor asks, as it comes in an address."""

from django.http import QueryDict

from lib.questions import cleaned

MAX_LENGTH = 200


def asked(query: QueryDict) -> str:
    """The parameter q, cleaned and cut to size."""
    return cleaned(query.get("q", "")[: 10 * MAX_LENGTH])[:MAX_LENGTH].strip()
