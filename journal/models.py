"""Tables of what changed, below all nouns."""
