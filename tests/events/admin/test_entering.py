"""The form filled in with the next edition or a duplicate, and the dates that are pasted into it."""

import datetime as dt

import pytest
from django.urls import reverse

from events.models import Event
from tests import factories as make
from tests.accounts.cast import make_people
from tests.editing import answer, as_sent, errors_of, send
from tests.events.admin.entries import LIST, change, send_new

ADD = f"{LIST}add/"


def page(name, thing):
    return reverse(f"admin:events_event_{name}", args=[thing.pk])


def buttons(address):
    return answer("get", address).context_data["offered_buttons"]


@pytest.fixture
def edition():
    """The last edition of a series of three, held each May."""
    series = make.SeriesFactory(slug="tage", website="https://tage.example/")
    for year in (2024, 2025):
        make.EventFactory(series=series, starts_on=dt.date(year, 5, 6))
    return make.EventFactory(
        title="15. Tage der Verwaltung 2026",
        series=series,
        edition=15,
        starts_on=dt.date(2026, 5, 5),
        ends_on=dt.date(2026, 5, 6),
        start_time=dt.time(9),
        hashtag="#tage26",
        summary="Die fünfzehnten.",
        registration_url="https://tage.example/2026/anmeldung",
        attendees=500,
        is_free=True,
        venues=[make.VenueFactory(name="Kubus")],
        organisers=[make.OrganisationFactory(name="Verband")],
        topics=[make.TopicFactory(), make.TopicFactory()],
    )


@pytest.mark.django_db
class TestNextEdition:
    def test_the_form_is_filled_in_and_saved_as_it_is(self, now, edition):
        sent = as_sent(page("next", edition))
        assert answer("post", ADD, sent).status_code == 302
        event = Event.objects.for_detail().get(slug="tage-2027")
        assert (event.title, event.edition, event.hashtag) == ("16. Tage der Verwaltung 2027", 16, "#tage27")
        assert (event.starts_on, event.ends_on) == (dt.date(2027, 5, 11), dt.date(2027, 5, 12))
        assert (event.state, event.status, event.checked_on) == ("draft", "scheduled", None)
        assert (event.website, event.languages) == ("https://tage.example/", ["de"])
        assert (event.start_time, event.summary, event.registration_url) == (None, "", "")
        assert (event.attendees, event.is_free) == (None, None)
        assert [str(venue) for venue in event.places] == [str(venue) for venue in edition.places]
        assert [link.organisation.name for link in event.organisers] == ["Verband"]
        assert event.topic_list == list(edition.topic_list)
        assert event.uid != edition.uid

    def test_it_says_from_what_and_for_which_days(self, now, edition):
        text = answer("get", page("next", edition)).render().content.decode()
        assert "<strong>Dienstag, 11. Mai 2027 – Mittwoch, 12. Mai 2027</strong>" in text
        assert "Kalenderwoche 19" in text
        assert "alle 12 Monate" in text
        assert "Dieser Termin ist vorbei" not in text

    def test_an_edition_that_is_there_is_shown_instead(self, now, edition):
        there = make.EventFactory(series=edition.series, starts_on=dt.date(2027, 6, 1), state="draft")
        response = answer("get", page("next", edition))
        assert response.context_data["there"] == there
        text = response.render().content.decode()
        assert change(there) in text
        assert f"{page('next', edition)}?again=1&amp;turns=1" in text
        again = answer("get", page("next", edition), {"again": "1"})
        assert again.context_data["adminform"].form.initial["title"] == "16. Tage der Verwaltung 2027"

    def test_after_a_long_pause_the_first_one_to_come_is_offered(self, now):
        event = make.EventFactory(title="Tagung 2020", starts_on=dt.date(2020, 5, 5))
        told = answer("get", page("next", event)).context_data["proposal"]
        assert (told.first, told.later_url) == (dt.date(2021, 5, 11), f"{page('next', event)}?turns=7")
        later = answer("get", page("next", event), {"turns": "7"})
        assert later.context_data["adminform"].form.initial["title"] == "Tagung 2027"
        assert later.context_data["proposal"].later_url == ""

    def test_a_series_leads_to_the_one_after_its_last_edition(self, now, edition):
        of_series = reverse("admin:events_event_next_of_series", args=[edition.series.pk])
        assert answer("get", of_series).url == page("next", edition)
        empty = make.SeriesFactory()
        of_series = reverse("admin:events_event_next_of_series", args=[empty.pk])
        assert answer("get", of_series).url == f"{ADD}?series={empty.pk}"

    def test_an_edition_that_is_none_of_theirs_stays_unsaid(self, now, client):
        people = make_people()
        event = people.ours["published"]
        event.series = make.SeriesFactory()
        event.save(update_fields=["series"])
        around = event.starts_on + dt.timedelta(days=364)
        hidden = make.EventFactory(series=event.series, starts_on=around, state="draft", title="Geheim")
        client.force_login(people.member)
        assert "Geheim" not in client.get(page("next", event)).content.decode()
        hidden.state = "published"
        hidden.save(update_fields=["state"])
        assert hidden.get_absolute_url() in client.get(page("next", event)).content.decode()

    def test_it_stands_beside_events_and_series(self, now, edition):
        links = [address for address, _label in buttons(change(edition))]
        assert {page("next", edition), page("duplicate", edition)} <= set(links)
        of_series = reverse("admin:events_event_next_of_series", args=[edition.series.pk])
        series = reverse("admin:events_series_change", args=[edition.series.pk])
        assert of_series in [address for address, _label in buttons(series)]

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_for_any_number_of_rows(
        self, number, now, edition, admin_client, django_assert_num_queries
    ):
        for _repeat in range(number):
            make.ParticipationFactory(event=edition)
            edition.topic_links.create(topic=make.TopicFactory())
            edition.venue_links.create(venue=make.VenueFactory())
        with django_assert_num_queries(16):
            assert admin_client.get(page("next", edition)).status_code == 200

    @pytest.mark.parametrize("turns", ["0", "-1", "x", "", "99999", "٣"])
    def test_nothing_that_is_asked_breaks_it(self, turns, now, edition, admin_client):
        assert admin_client.get(page("next", edition), {"turns": turns}).status_code == 200
        assert admin_client.get(f"{LIST}{edition.pk + 1}/next/").status_code == 404


@pytest.mark.django_db
def test_a_duplicate_needs_a_date_and_keeps_the_rest(now, edition):
    make.SessionFactory(event=edition, title="Eröffnung", date=edition.starts_on)
    sent = as_sent(page("duplicate", edition))
    assert list(errors_of(answer("post", ADD, sent))) == ["starts_on", "ends_on"]
    assert answer("post", ADD, sent | {"pasted_dates": "20.–21.10.2026"}).status_code == 302
    copy = Event.objects.for_detail().get(starts_on=dt.date(2026, 10, 20))
    assert (copy.title, copy.summary, copy.start_time) == (edition.title, "Die fünfzehnten.", dt.time(9))
    assert [session.title for session in copy.sessions.all()] == ["Eröffnung"]
    assert (copy.state, copy.attendees) == ("draft", None)


@pytest.mark.django_db
class TestPastedDates:
    def test_they_fill_the_fields_when_the_form_is_sent(self):
        assert send_new(starts_on=None, ends_on=None, pasted_dates="5. Mai 2027, 9–17 Uhr").status_code == 302
        event = Event.objects.get()
        assert (event.starts_on, event.ends_on) == (dt.date(2027, 5, 5), dt.date(2027, 5, 5))
        assert (event.start_time, event.end_time) == (dt.time(9), dt.time(17))

    def test_they_replace_the_dates_of_an_entry_and_its_times_if_need_be(self):
        event = make.EventFactory(start_time=dt.time(9))
        assert send(change(event), pasted_dates="November 2027").status_code == 302
        event.refresh_from_db()
        assert (event.starts_on, event.ends_on) == (dt.date(2027, 11, 1), dt.date(2027, 11, 30))
        assert (event.date_precision, event.start_time) == ("month", None)

    def test_what_is_not_understood_is_named_beside_the_field(self):
        errors = errors_of(send_new(pasted_dates="irgendwann im Mai"))
        assert list(errors) == ["pasted_dates"]
        assert errors["pasted_dates"][0].startswith("„irgendwann“ wird nicht verstanden.")

    def test_the_server_reads_them_while_they_are_typed(self, admin_client):
        read = reverse("admin:events_event_dates")
        assert admin_client.get(read, {"text": "20.–22.11.2018"}).json() == {
            "values": {"starts_on": "2018-11-20", "ends_on": "2018-11-22", "date_precision": "day"},
            "said": "20.–22. November 2018",
        }
        assert admin_client.get(read, {"text": "5.5.2026 9 Uhr"}).json() == {
            "values": {
                "starts_on": "2026-05-05", "ends_on": "2026-05-05", "date_precision": "day",
                "start_time": "09:00", "end_time": "",
            },
            "said": "Dienstag, 5. Mai 2026",
        }  # fmt: skip
        assert admin_client.get(read, {"text": "31.2.2026"}).json() == {
            "error": "Den 31.2.2026 gibt es nicht."
        }
        assert admin_client.get(read, {"text": "x" * 7_000}).status_code == 200

    def test_who_may_only_look_is_shown_no_field_for_them(self, now, client):
        people = make_people()
        client.force_login(people.author)
        response = client.get(change(people.written["published"]))
        assert response.status_code == 200
        text = response.content.decode()
        assert "pasted_dates" not in text
        assert 'class="preview"' not in text
