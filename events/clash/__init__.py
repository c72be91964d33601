"""Which events compete with a date that somebody plans: what it weighs, why, and which weeks are calmer."""
