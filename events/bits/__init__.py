"""Lists and facets of published events from sets of bits, with the answers of plain SQL (docs/adr/0029)."""
