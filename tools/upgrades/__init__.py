"""Upgrades without an interruption: migrations that lock nothing for long, and two releases on one schema.

While an upgrade goes on, processes of the former release serve visitors and editors on tables that have been
migrated already. So a release only adds what the former one can ignore; what nobody uses any more goes with
the release after next. `linting` looks for what would break that, `trial` tries it with the former code.
"""
