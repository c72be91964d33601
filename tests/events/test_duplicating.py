"""What a duplicate of an event takes over."""

import pytest

from events.editions import duplicate
from events.models import Event


@pytest.mark.django_db
def test_a_duplicate_takes_everything_but_the_date_and_what_came_of_it(cast):
    congress = Event.objects.for_detail().get(pk=cast.congress.pk)
    congress.attendees, congress.is_free = 500, False
    proposal = duplicate(congress)
    assert proposal.fields == {
        "title": "Smart-Country-Tage 2026",
        "title_en": "Smart Country Days 2026",
        "summary": "Drei Tage für die digitale Verwaltung.",
        "description": "Mit **Bühnen** und Werkstätten.",
        "series": cast.series.pk,
        "edition": 8,
        "timezone": "Europe/Berlin",
        "date_precision": "day",
        "mode": "onsite",
        "website": "https://tage.example/",
        "languages": ["de", "en"],
        "formats": ["congress", "trade_fair"],
        "audiences": ["municipal"],
        "is_free": False,
        "eligibility": "everyone",
        "partner_country": "DK",
    }
    counts = {name: len(rows) for name, rows in proposal.rows.items()}
    assert counts == {
        "venue_links": 1, "participations": 3, "appearances": 1, "sessions": 1, "prices": 1,
        "topic_links": 2, "sources": 1,
    }  # fmt: skip
    assert proposal.rows["sessions"] == [{"title": "Eröffnung", "kind": "keynote"}]
    assert "session" not in proposal.rows["appearances"][0]
