"""How well the search serves people: judged questions, the measures over them, and a table that tells both."""
