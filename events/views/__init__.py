"""Pages and outputs of events and of the nouns that belong to them."""
