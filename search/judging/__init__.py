"""How well the search serves people: judged questions, measures over them, a table that tells both."""
