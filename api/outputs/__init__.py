"""Entries as the API tells them: objects in, dicts out, in the shapes of api/schemas.

No builder asks the database; what an entry links to has been fetched (see api/fetching.py).
"""
