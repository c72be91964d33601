"""Links from entry to verdict and back: taken in, asked, kept, mended."""

import datetime as dt
from threading import Event as Signal
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from curation.links import running
from curation.links.asking import Host
from curation.links.judging import Outcome
from curation.links.mending import take_over
from curation.links.running import UnderWay, check, keep
from curation.links.uses import collect, uses_of
from curation.models import Link, LinkCheck
from events.models import Event, Source
from lib.outgoing import Limits, Outgoing
from tests import factories as make
from tests.accounts.cast import make_people, person
from tests.curation.link_entries import entries
from tests.factories import NOW
from tests.lib.outgoing_server import LOOPBACK, serving
from tests.rules import refused

DAY = dt.timedelta(days=1)


def link(url="https://a.example/tagung", **values):
    return Link.objects.create(url=url, **values)


def dead(url="https://a.example/tagung"):
    return link(url, state="dead", failed_days=3, failed_on=NOW.date(), failing_since=NOW)


def moved(url="https://a.example/tagung", target="https://a.example/neu"):
    return link(url, state="redirected", target=target)


# -- what is asked -----------------------------------------------------------------------------------


def test_links_are_those_of_published_entries(db):
    used = entries()
    assert collect() == (len(used), 0)
    assert set(Link.objects.values_list("url", flat=True)) == set(used)
    assert {url: len(uses_of(url)) for url in used} == used


def test_what_is_there_stays_and_what_nobody_uses_goes(db):
    entries()
    former = link("https://weg.example/")
    keep(former, Outcome("ok"), NOW)
    dead()
    assert collect() == (7, 1)
    assert Link.objects.get(url="https://a.example/tagung").state == "dead"
    assert not LinkCheck.objects.exists()


def test_what_waits_longest_is_asked_first(now, db):
    for days, url in ((1, "https://b.example"), (3, "https://c.example"), (-1, "https://d.example")):
        link(url, due_at=NOW - days * DAY)
    assert [one.url for one in Link.objects.due(NOW)] == ["https://c.example", "https://b.example"]


# -- asking ------------------------------------------------------------------------------------------


@pytest.fixture
def web():
    """A server, and events that lead to it."""
    with serving() as server:
        for path in ("/ok", "/moved", "/missing", "/kept"):
            make.EventFactory(website=f"http://seite.example:{server.server_port}{path}")
        make.EventFactory(website=f"http://andere.example:{server.server_port}/ok")
        yield server


def asker(server):
    trusted = frozenset({(LOOPBACK, server.server_port)})
    outgoing = Outgoing("test/1.0", Limits(seconds=20), lambda host, port: [LOOPBACK], trusted=trusted)
    return lambda: Host(outgoing, "test/1.0", sleep=lambda seconds: None)


def test_a_run_asks_what_is_due_and_keeps_what_it_learned(db, web):
    seen = []
    told = check(make_host=asker(web), progress=lambda done, total: seen.append((done, total)), at=NOW)
    assert (told.new, told.gone, told.asked, told.due) == (5, 0, 5, 5)
    assert told.states == {"ok": 2, "redirected": 1, "failing": 1, "robots": 1}
    assert seen == [(number, 5) for number in range(1, 6)]
    assert LinkCheck.objects.count() == 5
    missing = Link.objects.get(url__endswith="/missing")
    assert (missing.status, missing.failed_days, missing.checked_at) == (404, 1, NOW)
    assert Link.objects.get(url__endswith="/moved").target.endswith("/ok-there")


def test_the_next_run_goes_on_where_this_one_stopped(db, web):
    asked = [check(most=2, make_host=asker(web), at=NOW).asked for _time in range(4)]
    assert asked == [2, 2, 1, 0]


def test_without_time_nothing_is_asked(db, web):
    assert check(seconds=0, make_host=asker(web)).asked == 0
    assert web.asked == []


@pytest.mark.django_db(transaction=True)
def test_only_one_process_asks_at_a_time(web):
    holds, may_end = Signal(), Signal()

    def other():
        with running._alone():
            holds.set()
            may_end.wait(10)
        connections.close_all()

    thread = Thread(target=other)
    thread.start()
    assert holds.wait(10)
    with pytest.raises(UnderWay):
        check(make_host=asker(web))
    with pytest.raises(CommandError):
        call_command("check_links")
    may_end.set()
    thread.join()
    assert check(make_host=asker(web), seconds=0).due == 5


def test_the_command_says_what_it_did(db, capsys):
    call_command("check_links")
    assert "0 of 0 that were due have been asked." in capsys.readouterr().out


def test_old_checks_are_forgotten(db):
    one = link(due_at=NOW + DAY)
    make.EventFactory(website=one.url)
    keep(one, Outcome("ok"), NOW - dt.timedelta(days=401))
    keep(one, Outcome("ok"), NOW - DAY)
    check(at=NOW)
    assert [row.at for row in LinkCheck.objects.all()] == [NOW - DAY]


# -- rules of the database ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("link_state_known", {"state": "perhaps"}),
        ("link_is_of_the_web", {"url": "ftp://a.example"}),
        ("link_failure_says_since_when", {"failed_days": 1}),
        ("link_dies_of_failures", {"state": "dead"}),
        ("link_leads_elsewhere", {"url": "https://b.example", "target": "https://b.example"}),
    ],
)
def test_nonsense_of_a_link_is_refused(rule, wrong, db):
    with refused(rule):
        link(**({"url": "https://a.example/"} | wrong))


@pytest.mark.parametrize(
    ("rule", "state"), [("linkcheck_state_known", "perhaps"), ("linkcheck_judges_once_only", "dead")]
)
def test_nonsense_of_a_check_is_refused(rule, state, db):
    with refused(rule):
        LinkCheck.objects.create(link=link(), at=NOW, state=state)


# -- mending -----------------------------------------------------------------------------------------


def test_a_new_address_is_written_wherever_the_old_one_stood(db):
    entries()
    changed = take_over(moved(), lambda entry: True)
    assert len(changed) == 3
    assert Event.objects.filter(website="https://a.example/neu").count() == 2
    assert Source.objects.filter(url="https://a.example/neu").count() == 1
    assert not Link.objects.exists()


def test_what_may_not_be_changed_keeps_the_old_address(db):
    entries()
    one = moved()
    first = Event.objects.filter(website=one.url).first()
    changed = take_over(one, lambda entry: entry.pk == first.pk and isinstance(entry, Event))
    assert {use.entry.pk for use in changed} == {first.pk}
    assert Event.objects.filter(website=one.url).count() == 1
    assert Link.objects.exists()


def test_a_source_that_names_the_new_address_already_is_left_alone(db):
    event = make.EventFactory()
    for url in ("https://a.example/tagung", "https://a.example/neu"):
        make.SourceFactory(event=event, url=url, title="Bericht")
    assert take_over(moved(), lambda entry: True) == []


# -- pages -------------------------------------------------------------------------------------------


def page_of(one):
    return reverse("admin:curation_link_change", args=[one.pk])


def mend(one):
    return reverse("admin:curation_mend", args=["curation.Link", "moved", "take-over", one.pk])


def test_the_page_of_a_link_tells_uses_and_history(admin_client):
    entries()
    one = moved()
    keep(one, Outcome("redirected", 200, one.target, 77), NOW)
    page = admin_client.get(page_of(one)).content.decode()
    for words in ("https://a.example/neu", "#id_website", "#sources-group", "77"):
        assert words in page
    assert mend(one) in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_needs_the_same_number_of_queries(number, admin_client, django_assert_num_queries):
    for at in range(number):
        link(f"https://{at}.example/")
    with django_assert_num_queries(5):
        page = admin_client.get(reverse("admin:curation_link_changelist"))
    assert page.context["cl"].result_count == number


def test_one_click_takes_the_new_address_over(admin_client):
    entries()
    one = moved()
    answer = admin_client.post(mend(one), follow=True)
    assert "https://a.example/tagung" in answer.content.decode()
    assert not Event.objects.filter(website="https://a.example/tagung").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT reason FROM trail_change WHERE kind = 'update' AND noun = 'event'")
        assert ["https://a.example/neu" in reason for (reason,) in cursor.fetchall()] == [True]


def test_members_see_their_dead_links_and_no_list_of_all(db):
    people = make_people()
    client = Client()
    client.force_login(people.member)
    one, ours = dead("https://tot.example/"), people.ours["published"]
    Event.objects.update(website=one.url)
    assert client.get(page_of(one)).status_code == 403
    assert client.post(mend(one)).status_code in (403, 404)
    found = client.get(reverse("admin:events_event_changelist"), {"task": "dead-link"})
    assert {event.pk for event in found.context["cl"].result_list} <= {e.pk for e in people.ours.values()}
    form = client.get(reverse("admin:events_event_change", args=[ours.pk])).content.decode()
    assert "https://tot.example/" in form
    assert page_of(one) not in form


def test_an_editor_takes_over_for_all(db):
    client = Client()
    client.force_login(person("redaktion", "editor"))
    entries()
    assert client.post(mend(moved())).status_code == 302
    assert Event.objects.filter(website="https://a.example/neu").count() == 2


def test_a_form_tells_of_links_only_where_one_needs_a_look(admin_client):
    event = make.EventFactory(website="https://a.example/tagung")
    link()
    url = reverse("admin:events_event_change", args=[event.pk])
    assert "links-panel" not in admin_client.get(url).content.decode()
    Link.objects.all().delete()
    dead()
    assert "links-panel" in admin_client.get(url).content.decode()
