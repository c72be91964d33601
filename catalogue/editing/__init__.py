"""Pages of the admin on which a noun's table is fetched, brought back, looked at and agreed to."""
