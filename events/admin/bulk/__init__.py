"""One edit for many events: choose what, look at each one's difference, then all of it or nothing."""
