"""An editor at a browser: signed in, reads the form of an event, changes its title, sends all of it back."""

import html
import http.client
import random
import re
import threading
import time
from html.parser import HTMLParser
from urllib.parse import urlencode

from tools.faults import names
from tools.faults.gate import Gate
from tools.faults.ledger import Ledger

FORMS = 6
_PAUSE = 0.05
_FORM = "event_form"


class _Form(HTMLParser):
    """What a browser would send of one form; files and buttons are left out."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.sent: list[tuple[str, str]] = []
        self._is_inside = False
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []
        self._is_many = False
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = told.get("id") == self.name
        if not self._is_inside or "disabled" in told:
            return
        if tag == "input" and told.get("name"):
            self._input(told)
        elif tag == "textarea":
            self._area, self._text = told.get("name", ""), ""
        elif tag == "select":
            self._select, self._options, self._is_many = told.get("name", ""), [], "multiple" in told
        elif tag == "option" and self._select:
            self._options.append((told.get("value", ""), "selected" in told))

    def _input(self, told: dict[str, str]) -> None:
        kind = told.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in told:
                self.sent.append((told["name"], told.get("value") or "on"))
        elif kind not in ("file", "submit", "button", "image", "reset"):
            self.sent.append((told["name"], told.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "textarea" and self._area:
            # A line's end right behind the tag belongs to the tag.
            self.sent.append((self._area, self._text.removeprefix("\n")))
            self._area = ""
        elif tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            if not chosen and self._options and not self._is_many:
                chosen = [self._options[0][0]]
            self.sent += [(self._select, value) for value in chosen]
            self._select = ""


def fields(page: str, name: str = _FORM) -> list[tuple[str, str]]:
    """(name, value) of all that a browser would send of the form with that id."""
    form = _Form(name)
    form.feed(page)
    return form.sent


class Editor(threading.Thread):
    """Edits by the form until it is told to stop. A commit counts as acknowledged by its answer alone."""

    def __init__(self, port: int, cookie: str, addresses: dict[str, str], gate: Gate, ledger: Ledger) -> None:
        """`cookie` is a session's, `addresses` are {key: path of the form}."""
        super().__init__(daemon=True)
        self.port, self.cookie, self.addresses = port, cookie, addresses
        self.gate, self.ledger = gate, ledger
        self.draw = random.Random()
        self.stopped = threading.Event()
        self.refused: list[str] = []
        # A description to send along, and what the last page said that was no form.
        self.longer = self.said = ""

    def run(self) -> None:
        while not self.stopped.is_set():
            with self.gate.open():
                try:
                    self.edit(self.draw.choice(sorted(self.addresses)))
                except (OSError, http.client.HTTPException):
                    time.sleep(_PAUSE)

    def edit(self, key: str) -> int:
        """The status of the answer: 302 where it was saved. Another one where there was not even a form."""
        path = self.addresses[key]
        status, page, cookies = self._ask("GET", path)
        if status != 200:
            time.sleep(_PAUSE)
            self.said = _words(page)
            return status
        mark = self.ledger.next(names.FORM)
        given = {"title": names.title(key, mark)} | ({"description": self.longer} if self.longer else {})
        sent = [(name, value) for name, value in fields(page) if name not in given]
        self.ledger.begins([key], mark)
        body = urlencode([*sent, *given.items(), ("_save", "1")])
        status, page, _cookies = self._ask("POST", path, body, cookies)
        if status == 302:
            self.ledger.ends([key], mark)
        elif status == 200:
            self.refused.append(f"the form was not taken: {_words(page[page.find('errornote') :])}")
        else:
            self.said = _words(page)
        return status

    def _ask(self, method: str, path: str, body: str = "", cookies: str = "") -> tuple[int, str, str]:
        """Status, text, and the cookies to send next."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(filter(None, (self.cookie, cookies)))}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body.encode() or None, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
            set_now = [value.split(";")[0] for value in response.headers.get_all("Set-Cookie") or ()]
            return response.status, text, "; ".join(one for one in set_now if not one.startswith("session="))
        finally:
            connection.close()


def _words(page: str) -> str:
    """The beginning of what a page says in its main part."""
    main = page[max(page.find("<h1"), 0) :]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())[:200]
