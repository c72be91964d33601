"""What migrations since the last release may do although a rule forbids it, and why it does no harm."""

_FEW = (
    "written before there was this rule; in the former release these tables have some thousand rows at most,"
    " whose index is made in a fraction of a second, and `lock_timeout` keeps others from queueing behind it"
)
_UIDS = (
    "written before there was this rule; writes the table anew once, some thousand rows in a fraction of a"
    " second, and the default in the database serves the former release"
)

# {(migration, rule): reason}
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("events.0003_stable_identifiers", "rewritten"): _UIDS,
    ("organisations.0003_stable_identifiers", "rewritten"): _UIDS,
    ("speakers.0003_stable_identifiers", "rewritten"): _UIDS,
    ("events.0006_programmes_and_deadlines_in_calendars", "rewritten"): _UIDS,
    ("events.0007_moments_that_pass", "index"): _FEW,
    ("events.0011_names_found_alike", "index"): _FEW,
    ("organisations.0004_names_found_alike", "index"): _FEW,
    ("speakers.0004_names_found_alike", "index"): _FEW,
    ("events.0015_lists_of_editors", "index"): _FEW,
    ("events.0016_lists_of_what_waits", "index"): _FEW,
    ("events.0017_found_by_their_addresses", "index"): _FEW,
    ("events.0021_indexes_of_deadlines_and_changes", "index"): _FEW,
    ("events.0021_indexes_of_deadlines_and_changes", "constraint"): _FEW,
    ("events.0022_upcoming_in_an_index_alone", "index"): _FEW,
    ("feedback.0002_answers_and_who_writes_them", "index"): _FEW,
    ("feedback.0002_answers_and_who_writes_them", "constraint"): _FEW,
}
