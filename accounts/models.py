"""Who belongs to which organisation, and who signed in when."""
