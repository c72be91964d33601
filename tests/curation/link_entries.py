"""Entries with addresses, as the link check finds them."""

from tests import factories as make


def entries():
    """{address: how many visible places use it}; beside them some that nobody is sent to."""
    event = make.EventFactory(website="https://a.example/tagung", registration_url="https://a.example/r")
    make.EventFactory(website="https://a.example/tagung")
    make.EventFactory(mode="online", online_url="https://netz.example/raum")
    make.SourceFactory(event=event, url="https://a.example/tagung")
    make.SourceFactory(event=event, url="https://quelle.example/1")
    make.SeriesFactory(website="https://reihe.example/")
    make.VenueFactory(website="https://halle.example/")
    make.OrganisationFactory(website="https://amt.example/")
    make.SpeakerFactory(website="https://mensch.example/")
    make.EventFactory(state="draft", website="https://entwurf.example/")
    make.EventFactory(is_sample=True, website="https://beispiel.example/")
    make.SourceFactory(event=make.EventFactory(state="draft"), url="https://entwurf.example/quelle")
    return {
        "https://a.example/tagung": 3,
        "https://a.example/r": 1,
        "https://netz.example/raum": 1,
        "https://quelle.example/1": 1,
        "https://reihe.example/": 1,
        "https://halle.example/": 1,
        "https://amt.example/": 1,
        "https://mensch.example/": 1,
    }
