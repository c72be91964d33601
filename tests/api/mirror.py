"""Another site's copy of the catalogue, made from nothing but the API, as docs/api.md says."""

from urllib.parse import urlencode

COLLECTIONS = ("events", "series", "organisations", "people", "topics", "venues")


class Mirror:
    """Entries by collection and identifier. `between` is called between any two pages."""

    def __init__(self, client, choice=None, between=lambda: None):
        self.client, self.choice, self.between = client, choice or {}, between
        self.entries = {name: {} for name in COLLECTIONS}
        self.since = dict.fromkeys(COLLECTIONS, "1970-01-01T00:00:00Z")
        self.pages = 0

    def sync(self, *names):
        for name in names or COLLECTIONS:
            query = {"updated_since": self.since[name], "limit": 7}
            page = self.page(f"/api/v1/{name}?{urlencode(query | self.choice)}")
            self.since[name] = page["as_of"]
            self.take(name, page)
            while page["next"]:
                self.between()
                page = self.page(page["next"])
                assert page["as_of"] == self.since[name]
                self.take(name, page)

    def page(self, address):
        response = self.client.get(address.removeprefix("http://testserver"))
        assert response.status_code == 200, response.content
        self.pages += 1
        return response.json()

    def take(self, name, page):
        for entry in page["items"]:
            self.entries[name][entry["id"]] = entry
        for gone in page["gone"]:
            self.entries[name].pop(gone["id"], None)
