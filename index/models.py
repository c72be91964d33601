"""Tables of the search index, below all nouns."""
