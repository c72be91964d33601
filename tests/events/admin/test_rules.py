"""Nonsense is refused in words beside the field to blame, and never breaks a page."""

import pytest

from events.admin.rules import RULES
from events.models import Event
from tests import factories as make
from tests.editing import errors_of, row, send
from tests.events.admin.entries import change, send_new
from tests.rules import rules_of

MAY = {"date_precision": "month", "starts_on": "2027-05-01", "ends_on": "2027-05-31"}
REFUSED = [
    ({"title": ""}, "title"),
    ({"title": "a\x00b"}, "title"),
    ({"title": "x" * 251}, "title"),
    ({"slug": "Große Straße"}, "slug"),
    ({"slug": "GROSS"}, "slug"),
    ({"slug": "doppelt--strich"}, "slug"),
    ({"slug": "karte"}, "slug"),
    ({"starts_on": "morgen"}, "starts_on"),
    ({"starts_on": "0001-01-01"}, "starts_on"),
    ({"ends_on": "9999-12-31"}, "ends_on"),
    ({"ends_on": "2027-05-03"}, "ends_on"),
    ({"end_time": "12:00"}, "start_time"),
    ({"start_time": "12:00", "end_time": "11:00", "ends_on": "2027-05-04"}, "end_time"),
    ({"start_time": "25:00"}, "start_time"),
    (MAY | {"starts_on": "2027-05-02"}, "starts_on"),
    (MAY | {"ends_on": "2027-05-20"}, "ends_on"),
    (
        {"date_precision": "month", "starts_on": "2027-05-01", "ends_on": "2027-05-31", "start_time": "9:00"},
        "start_time",
    ),
    ({"timezone": "Mars/Olympus"}, "timezone"),
    ({"timezone": "../../etc/passwd"}, "timezone"),
    ({"mode": "online"}, "online_url"),
    ({"online_url": "https://netz.example"}, "mode"),
    ({"mode": "telepathy"}, "mode"),
    ({"edition": "3"}, "edition"),
    ({"edition": "-1"}, "edition"),
    ({"edition": "99999999999"}, "edition"),
    ({"series": "99999999999999999999"}, "series"),
    ({"series": "abc"}, "series"),
    ({"parent": "\x00"}, "parent"),
    ({"hashtag": "zwei wörter"}, "hashtag"),
    ({"partner_country": "dk"}, "partner_country"),
    ({"partner_region": "Bayern"}, "partner_region"),
    ({"languages": ["de", "klingon"]}, "languages"),
    ({"attendees": "10", "attendees_onsite": "8", "attendees_online": "8"}, "attendees"),
    ({"attendees": "99999999999999"}, "attendees"),
    ({"website": "javascript:alert(1)"}, "website"),
    ({"website": "https://" + "x" * 600 + ".example"}, "website"),
    ({"publish_from": "irgendwann"}, "publish_from"),
    ({"publish_from": "9999-12-31T23:59"}, "publish_from"),
]


@pytest.mark.parametrize(("values", "field"), REFUSED, ids=lambda value: str(value)[:40])
def test_nonsense_is_refused_beside_its_field(values, field):
    refused = send_new(**values)
    assert set(errors_of(refused)) == {field}
    assert not Event.objects.exists()
    if any(value in ("abc", "\x00", "99999999999999999999") for value in values.values()):
        refused.render()


def test_a_taken_address_is_refused():
    make.EventFactory(slug="vergeben")
    assert set(errors_of(send_new(slug="vergeben"))) == {"slug"}


def test_an_event_is_no_part_of_itself_nor_of_its_own_part():
    whole = make.EventFactory()
    part = make.EventFactory(parent=whole)
    for above in (whole, part):
        assert set(errors_of(send(change(whole), parent=str(above.pk)))) == {"parent"}


TALK = {"title": "x", "kind": "talk"}
ROWS = [
    ("prices", {"group": "everyone", "amount": "-1", "currency": "EUR"}, "amount"),
    ("prices", {"group": "everyone", "amount": "9", "amount_to": "8", "currency": "EUR"}, "amount_to"),
    ("prices", {"group": "everyone", "amount": "9", "currency": "euro"}, "currency"),
    ("prices", {"group": "everyone", "amount": "9", "currency": "eur"}, "currency"),
    ("prices", {"group": "everyone", "amount": "NaN", "currency": "EUR"}, "amount"),
    ("sessions", TALK | {"start_time": "09:00"}, "date"),
    ("sessions", TALK | {"date": "0001-01-01"}, "date"),
    ("sessions", TALK | {"date": "2027-05-04", "start_time": "9:00", "end_time": "8:00"}, "end_time"),
    ("previous_dates", MAY | {"date_precision": "day", "ends_on": "2027-04-30"}, "ends_on"),
    ("previous_dates", MAY | {"start_time": "9:00"}, "start_time"),
    ("sources", {"url": "kein link", "title": "x"}, "url"),
    ("sources", {"url": "https://quelle.example", "title": "x", "position": "99999"}, "position"),
    ("awards", {"title": "x"}, "winner"),
    ("participations", {"organisation": "99999", "role": "partner"}, "organisation"),
    ("participations", {"organisation": "abc", "role": "king"}, "organisation"),
    ("venue_links", {"venue": "", "use": "broadcast"}, "venue"),
]  # fmt: skip


@pytest.mark.parametrize(("prefix", "values", "field"), ROWS, ids=lambda value: str(value)[:30])
def test_nonsense_in_a_row_is_refused_beside_its_field(prefix, values, field):
    refused = send_new(**row(prefix, 0, **values))
    inlines = refused.context_data["inline_admin_formsets"]
    formsets = {inline.formset.prefix: inline.formset for inline in inlines}
    assert field in formsets[prefix].forms[0].errors
    assert not Event.objects.exists()
    if "abc" in values.values():
        refused.render()


def test_the_same_person_twice_in_one_role_is_refused_without_a_programme_item_too():
    event = make.EventFactory()
    first = make.AppearanceFactory(event=event)
    added = row("appearances", 1, speaker=first.speaker_id, role="speaker", event=event.pk, id="")
    assert send(change(event), **added).status_code == 200
    assert event.appearances.count() == 1


def test_a_refusal_of_the_database_shows_the_form_again_as_typed():
    """Two rows that only become the same because a programme item is deleted."""
    event = make.EventFactory()
    session = make.SessionFactory(event=event)
    first = make.AppearanceFactory(event=event, session=session)
    make.AppearanceFactory(event=event, speaker=first.speaker)
    refused = send(change(event), sessions__0__DELETE="on", title="Getippt")
    assert refused.status_code == 200
    assert errors_of(refused) == {"__all__": [str(RULES["appearance_once"][1])]}
    assert refused.context_data["adminform"].form["title"].value() == "Getippt"
    assert event.sessions.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"participations__TOTAL_FORMS": "abc"},
        {"participations__TOTAL_FORMS": "-5"},
        {"participations__TOTAL_FORMS": None},
        {"participations__INITIAL_FORMS": "7"},
        {"participations__0__id": "abc"},
        {"participations__0__id": "99999"},
        {"participations__0__event": "99999"},
    ],
    ids=str,
)
def test_a_forged_form_breaks_nothing(changes):
    event = make.EventFactory(organisers=[make.OrganisationFactory()])
    assert send(change(event), **changes).status_code in (200, 302, 400)
    assert event.participations.count() == 1


def test_every_rule_in_words_is_a_rule_of_the_database():
    assert set(RULES) <= rules_of("events")


def test_every_rule_that_a_form_can_break_is_in_words():
    """Left over are those that a form's own fields already keep."""
    kept_by_fields = {
        name
        for name in rules_of("events")
        if name.endswith(("_known", "_has_title", "_has_name", "_has_winner"))
    }
    kept_by_database = {"event_published_says_when", "event_withdrawn_says_when"}
    kept_by_actions = {rule for rule in rules_of("events") if rule.startswith("step_")}
    assert rules_of("events") - set(RULES) - kept_by_fields - kept_by_database - kept_by_actions == {
        "award_says_what_and_who"
    }
