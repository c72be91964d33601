"""How editors get in: django-allauth with our own counts of failures, limits of sessions and history."""
