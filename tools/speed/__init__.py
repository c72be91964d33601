"""How quick the site is at any size: `dev.py bench speed`."""
