"""What a page of sharing says, read as a browser would."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode


def query_of(asked):
    """{parameter: [values]} as a query string."""
    return urlencode(asked, doseq=True)


def slugs_in(response):
    """The events that a frame links to, in order."""
    page = response.content.decode()
    titles = re.findall(r"<h2><a href=\"[^\"]*/([\w-]+)/\"", page)
    assert len(titles) == len(set(titles))
    return titles


class Elements(HTMLParser):
    """The elements of some HTML: [(name, attributes)], and the text in all textareas."""

    def __init__(self, html):
        super().__init__()
        self.found, self.text, self._inside = [], "", False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self._inside = tag == "textarea"

    def handle_endtag(self, tag):
        self._inside = False

    def handle_data(self, data):
        if self._inside:
            self.text += data


def elements(html, name):
    """The attributes of each element of that name."""
    return [attributes for tag, attributes in Elements(html).found if tag == name]


def code_in(response):
    """The lines of HTML that the builder shows in its text field."""
    return Elements(response.content.decode()).text


def metas(response):
    """{property or name: content} of the head."""
    found = elements(response.content.decode(), "meta")
    return {one.get("property") or one.get("name"): one["content"] for one in found if "content" in one}
