import pytest


@pytest.fixture
def get(client):
    """Asks for a path below /api/v1/ and gives the answer's JSON."""

    def ask(path, status=200, **headers):
        response = client.get(f"/api/v1/{path}", headers=headers)
        assert response.status_code == status, response.content
        return response.json()

    return ask


@pytest.fixture
def ids(get):
    """The slugs of a list's entries, in its order, over all pages."""

    def ask(path):
        page = get(path)
        found = [one["slug"] for one in page["items"]]
        while page["next"]:
            page = get(page["next"].partition("/api/v1/")[2])
            found += [one["slug"] for one in page["items"]]
        return found

    return ask
