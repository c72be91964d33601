"""What machines read: calendars, feeds, tables, linked data, sitemap.

Each module is a format and each public function a pure builder: entries and a `Site` or `Feed` in, bytes or
a dict out. No builder asks the database, the clock or the settings; entries come from
`EventQuerySet.for_listing()`, or from `for_detail()` where a function says so.
"""
