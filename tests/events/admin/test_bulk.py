"""One edit for many events: shown before, done as a whole, undone as a whole."""

import datetime as dt
import re

import pytest

from events.models import Event, Step
from tests import factories as make
from tests.editing import answer
from tests.events.admin.entries import LIST
from tests.trail.hands import new_step
from trail.models import Change
from trail.undoing import undo

pytestmark = pytest.mark.django_db


def send(events, step="preview", across=False, **fields):
    keys = [str(event.pk) for event in events]
    data = {
        "action": "edit_many",
        "_selected_action": keys,
        "select_across": "1" if across else "0",
        "index": "0",
    }
    return answer("post", LIST, {**data, "bulk_step": step, **fields} if step else data)


def planned(response):
    """{title of the event: {column: (before, after)} or its faults}"""
    return {
        one.event.title: one.faults
        or {change.column: (change.before, change.after) for change in one.changes}
        for one in response.context_data["plan"].events
    }


def apply(events, across=False, **fields):
    agreed = send(events, across=across, **fields).context_data["plan"].fingerprint
    return send(events, "apply", across=across, fingerprint=agreed, **fields)


def told(response):
    return [re.sub("<.*?>", "", str(message)) for message in response.messages]


# -- look ----------------------------------------------------------------------------------------


def test_each_event_is_shown_with_its_difference():
    ki, cloud = make.TopicFactory(name_de="KI"), make.TopicFactory(name_de="Cloud")
    a = make.EventFactory(title="A", topics=[cloud], formats=["congress"], checked_on=dt.date(2026, 1, 2))
    b = make.EventFactory(title="B", topics=[ki], formats=["congress", "webinar"], status="cancelled")
    fields = {"add_topics": [ki.pk], "remove_topics": [cloud.pk], "add_formats": ["webinar"]}
    page = send([a, b], status="cancelled", checked_on="2027-02-01", **fields)
    assert planned(page) == {
        "A": {
            "status": ("Geplant", "Abgesagt"),
            "checked_on": ("02.01.2026", "01.02.2027"),
            "topics": ("Cloud", "KI"),
            "formats": ("Kongress", "Kongress, Webinar"),
        },
        "B": {"checked_on": ("", "01.02.2027")},
    }
    assert Event.objects.get(title="A").status == "scheduled"


def test_who_would_break_a_rule_is_named_with_the_reason():
    series = make.SeriesFactory()
    make.EventFactory(title="A", series=series, edition=3)
    make.EventFactory(title="B", series=series)
    page = send(Event.objects.all(), series="none")
    assert planned(page) == {
        "A": ["Zu einer Ausgabennummer gehört eine Reihe."],
        "B": {"series": (series.name, "")},
    }
    content = page.render().content.decode()
    assert 'value="apply"' not in content
    assert "Ohne diese Veranstaltungen fortfahren" in content


def test_a_step_that_is_not_possible_is_named():
    make.EventFactory(title="A", state="draft")
    make.EventFactory(title="B")
    page = send(Event.objects.all(), move="publish")
    assert planned(page) == {
        "A": {"state": ("Entwurf", "Veröffentlicht")},
        "B": [
            "„Veröffentlichen“ ist vom Stand „Veröffentlicht“ aus nicht möglich oder steht Ihnen nicht zu."
        ],
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "__all__"),
        ({"reason": "nur so"}, "__all__"),
        ({"status": "vielleicht"}, "status"),
        ({"add_formats": ["webinar"], "remove_formats": ["webinar"]}, "remove_formats"),
        ({"add_topics": ["999999"]}, "add_topics"),
        ({"checked_on": "0027-01-01"}, "checked_on"),
        ({"move": "withdraw"}, "reason"),
    ],
)
def test_what_makes_no_sense_is_asked_again(fields, field):
    page = send([make.EventFactory()], **fields)
    assert list(page.context_data["form"].errors) == [field]


# -- do ------------------------------------------------------------------------------------------


def test_all_that_match_are_changed_at_once():
    for number in range(60):
        make.EventFactory(title=f"T{number:02}", languages=["de"])
    first = [Event.objects.first()]
    response = apply(first, across=True, add_languages=["en"], reason="Programme geprüft")
    assert told(response) == ["60 Veranstaltungen wurden geändert. Rückgängig machen"]
    assert set(map(tuple, Event.objects.values_list("languages", flat=True))) == {("de", "en")}


def test_the_main_topic_stays_the_first():
    main, other, new = (make.TopicFactory() for _number in range(3))
    event = make.EventFactory(topics=[main, other])
    apply([event], add_topics=[new.pk], remove_topics=[other.pk])
    links = event.topic_links.order_by("position")
    assert list(links.values_list("topic", "position")) == [(main.pk, 0), (new.pk, 1)]


def test_a_step_is_noted_with_its_reason():
    event = make.EventFactory()
    apply([event], move="withdraw", reason="Doppelt erfasst")
    step = Step.objects.get(event=event, to_state="withdrawn")
    assert (Event.objects.get().state, step.note) == ("withdrawn", "Doppelt erfasst")


def test_one_that_cannot_be_changed_keeps_all_from_it():
    series = make.SeriesFactory()
    events = [make.EventFactory(series=series, edition=3), make.EventFactory(series=series)]
    page = apply(events, series="none")
    assert page.status_code == 200
    assert Event.objects.filter(series=series).count() == 2


def test_what_was_changed_in_between_must_be_looked_at_again():
    event = make.EventFactory()
    agreed = send([event], status="cancelled").context_data["plan"].fingerprint
    Event.objects.update(status="postponed")
    page = send([event], "apply", status="cancelled", fingerprint=agreed)
    expected = "Es wurde nichts geändert: In der Zwischenzeit haben andere Einträge geändert."
    assert told(page)[0].startswith(expected)
    assert Event.objects.get().status == "postponed"
    assert page.context_data["plan"].changed


def test_too_many_are_refused(monkeypatch):
    monkeypatch.setattr("events.admin.bulk.pages.MOST", 1)
    response = send([make.EventFactory(), make.EventFactory()], step="")
    assert "Höchstens 1 Veranstaltungen" in told(response)[0]


def test_it_can_be_undone():
    events = [make.EventFactory(languages=["de"]), make.EventFactory(languages=["de", "fr"])]
    new_step()
    apply(events, add_languages=["en"], status="postponed", reason="Versehen")
    undo(Change.objects.filter(reason="Versehen").latest("pk").transaction)
    found = Event.objects.order_by("pk").values_list("languages", "status")
    assert list(found) == [(["de"], "scheduled"), (["de", "fr"], "scheduled")]


# -- pages ---------------------------------------------------------------------------------------


def test_the_first_page_asks_the_same_for_one_and_for_many(django_assert_num_queries):
    events = [make.EventFactory() for _number in range(3)]
    for chosen in (events[:1], events):
        with django_assert_num_queries(9):
            send(chosen, step="").render()


def test_looking_asks_the_same_for_one_and_for_many(django_assert_num_queries):
    topic = make.TopicFactory()
    events = [make.EventFactory(topics=[topic]) for _number in range(3)]
    for chosen in (events[:1], events):
        with django_assert_num_queries(12):
            send(chosen, status="cancelled", remove_topics=[topic.pk]).render()


def test_choosing_again_keeps_what_was_chosen():
    page = send([make.EventFactory()], "choose", status="cancelled", add_formats=["webinar"]).render()
    content = page.content.decode()
    assert '<option value="cancelled" selected>' in content
    assert re.search(r'name="add_formats" value="webinar"[^>]*checked', content)
    assert content.count('<details class="bulk-group" open>') == 1
