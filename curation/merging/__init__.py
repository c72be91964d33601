"""Two entries become one: what is chosen, what moves, and who may do it."""
