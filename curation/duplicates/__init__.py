"""Entries that may be the same thing entered twice: how alike two are, where to look, what was found."""
