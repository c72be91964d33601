"""Where things stand in a picture: pure functions from events to places, no request and no database."""
