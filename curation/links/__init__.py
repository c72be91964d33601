"""Whether the addresses in the entries still lead somewhere: asked politely, judged slowly."""
