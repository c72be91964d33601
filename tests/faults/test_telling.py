"""What the trials of faults go by: a ledger outside of the database, and what they hold against it."""

import json
import threading

from tests.sources import ROOT
from tools.faults import FAULTS, names, truth
from tools.faults.forms import fields
from tools.faults.gate import Gate
from tools.faults.ledger import Ledger
from tools.faults.readers import older
from tools.faults.telling import Told


def test_a_ledger_knows_what_was_acknowledged_and_what_may_be_there(tmp_path):
    ledger, other = Ledger(tmp_path / "ledger"), Ledger(tmp_path / "ledger")
    first = ledger.next("c")
    ledger.begins(["c01", "c02"], first)
    other.ends(["c01", "c02"], first)
    second = other.next("c")
    ledger.begins(["c01"], second)
    told = other.told()
    assert second > first
    assert told.known == {"c01": first, "c02": first}
    assert told.begun == {"c01": {first, second}, "c02": {first}}
    assert told.groups == {first: ("c01", "c02"), second: ("c01",)}
    assert told.times == {"c01": 1, "c02": 1}


def test_marks_of_different_hands_are_never_the_same(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    assert len({ledger.next(hand) for hand in "cfi"}) == 3


def test_a_line_that_was_cut_off_is_not_read(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    ledger.ends(["c01"], 3)
    with (tmp_path / "ledger").open("a") as file:
        file.write("ends 6 c0")
    assert ledger.told().known == {"c01": 3}


def test_half_a_transaction_and_a_lost_edit_are_noticed(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    ledger.begins(["c01", "c02"], 3)
    there = {"c01": 3, "c02": 0}
    assert list(truth._halves(ledger.told(), there)) == ["of edit 3 only a part is there: c02 are behind"]
    assert list(truth._halves(ledger.told(), {"c01": 0, "c02": 0})) == []
    assert list(truth._halves(ledger.told(), {"c01": 3, "c02": 6})) == []


def test_a_page_that_is_behind_is_noticed():
    page = "<h1>Prüftagung c01 Stand 3</h1> <li>Prüfverband h00 Stand 4</li>"
    assert older("/x/", page, {"c01": 3, "i": 4}) == []
    assert older("/x/", page, {"c01": 6}) == ["/x/: shows c01 as of [3], but 6 had been acknowledged"]
    assert older("/x/", page, {"i": 7}) == ["/x/: shows h00 as of [4], but 7 had been acknowledged"]


def test_a_dump_that_mixes_two_imports_is_noticed():
    document = json.loads(names.exchange_file(3))
    assert list(truth.mixed(json.dumps(document))) == []
    document["events"][0]["title"] = names.title("i00", 6)
    assert len(list(truth.mixed(json.dumps(document)))) == 1


def test_a_form_is_sent_as_a_browser_would():
    page = """
    <form id="other"><input name="q" value="x"></form>
    <form id="event_form">
      <input name="title" value="A &amp; B"><input type="checkbox" name="free" checked>
      <input type="checkbox" name="online"><input type="submit" name="_save"><input type="file" name="image">
      <textarea name="text">\nEine Zeile</textarea><input name="gone" disabled value="1">
      <select name="mode"><option value="a">A</option><option value="b" selected>B</option></select>
      <select name="first"><option value="a">A</option></select>
      <select name="many" multiple><option value="a">A</option></select>
    </form>"""
    assert fields(page) == [
        ("title", "A & B"),
        ("free", "on"),
        ("text", "Eine Zeile"),
        ("mode", "b"),
        ("first", "a"),
    ]


def test_a_closed_gate_waits_for_who_is_inside_and_lets_nobody_in(tmp_path):
    gate, order, inside = Gate(tmp_path), [], threading.Event()

    def edit():
        with gate.open():
            inside.set()
            order.append("edit")

    with gate.closed():
        hand = threading.Thread(target=edit)
        hand.start()
        assert not inside.wait(0.05)
        order.append("look")
    hand.join(5)
    assert order == ["look", "edit"]


def test_what_does_not_hold_is_wrong():
    told = Told()
    told.expect(True, "seen")
    told.expect(False, "wrong")
    assert (told.seen, told.wrong) == (["seen"], ["wrong"])


def test_every_fault_is_a_module():
    there = {path.stem for path in (ROOT / "tools" / "faults").glob("*.py")}
    assert set(FAULTS) <= there
