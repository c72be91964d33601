"""What editors read where an entry breaks a rule of the database: the field to blame, and the remedy."""

from django.utils.translation import gettext_lazy as _

from addresses.editing import SLUG_MESSAGE
from lib.editing.forms import Rules

COUNTRY = _("Two capital letters as in ISO 3166-1, such as DE.")
SUBDIVISION = _("A code as in ISO 3166-2, such as DE-NW.")
STATE = _("The state's code begins with the country's, as in DE-NW.")
HASHTAG = _("One word that begins with #, such as #SCCON25.")
LAST_BEFORE_FIRST = _("The last day lies before the first.")
TWICE = _("This stands there twice.")
CIRCLE = _("This would lead in a circle, back to the entry itself.")

EVENT: Rules = {
    "event_slug_is_plain": ("slug", SLUG_MESSAGE),
    "event_slug_is_not_reserved": (
        "slug",
        _("This word is the address of another page. Please choose another."),
    ),
    "event_ends_not_before_start": ("ends_on", LAST_BEFORE_FIRST),
    "event_year_is_in_reach": ("starts_on", _("Please give a year between 1900 and 2199.")),
    "event_time_needs_day": (
        "start_time",
        _("A time needs an exact day: leave out the times or say that the date is known by day."),
    ),
    "event_end_time_needs_start_time": ("start_time", _("A closing time needs a starting time.")),
    "event_ends_after_start_on_one_day": ("end_time", _("The closing time lies before the starting time.")),
    "event_vague_date_starts_a_period": (
        "starts_on",
        _("Where only the month, quarter or year is known, this is its first day."),
    ),
    "event_vague_date_ends_a_period": (
        "ends_on",
        _("Where only the month, quarter or year is known, this is its last day."),
    ),
    "event_online_says_how": (
        "online_url",
        _("An event with an online part needs its address, or below how one gets access."),
    ),
    "event_onsite_has_no_online_access": (
        "mode",
        _("There is an address or access for an online part: then the event is online, or both."),
    ),
    "event_edition_is_positive": ("edition", _("Editions are numbered from 1.")),
    "event_edition_needs_series": ("edition", _("An edition number needs a series that it counts.")),
    "event_not_own_parent": ("parent", CIRCLE),
    "event_head_counts_add_up": (
        "attendees",
        _("Attendees in all cannot be fewer than those on site and online together."),
    ),
    "event_image_has_alt_credit_licence": (
        "image",
        _("An image needs a text alternative, a credit and a licence."),
    ),
    "event_partner_country_is_iso": ("partner_country", COUNTRY),
    "event_partner_region_is_iso": ("partner_region", SUBDIVISION),
    "event_hashtag_is_one_word": ("hashtag", HASHTAG),
}

ROWS: Rules = {
    "eventtopic_once": (None, TWICE),
    "eventvenue_once": (None, TWICE),
    "eventvenue_ends_not_before_start": ("ends_on", _("Give both days, the last one not before the first.")),
    "previousdate_ends_not_before_start": ("ends_on", LAST_BEFORE_FIRST),
    "previousdate_time_needs_day": ("start_time", _("A time needs an exact day.")),
    "price_once": (None, _("There is already a price for this group.")),
    "price_not_negative": ("amount", _("A price is not negative.")),
    "price_range_in_order": ("amount_to", _("This is less than the price it extends.")),
    "price_currency_is_iso": ("currency", _("Three capital letters as in ISO 4217, such as EUR.")),
    "participation_once": (None, _("This organisation already has this role here.")),
    "appearance_once": (
        None,
        _("The same person stands there twice in the same role and programme item."),
    ),
    "session_time_needs_date": ("date", _("A time needs a date.")),
    "session_ends_after_start": ("end_time", _("The end lies before the beginning.")),
    "source_once": (None, TWICE),
}

NOUNS: Rules = {
    "series_slug_is_plain": ("slug", SLUG_MESSAGE),
    "series_hashtag_is_one_word": ("hashtag", HASHTAG),
    "series_not_own_predecessor": ("predecessor", CIRCLE),
    "seriesorganiser_once": (None, TWICE),
    "topic_slug_is_plain": ("slug", SLUG_MESSAGE),
    "topic_not_own_parent": ("parent", CIRCLE),
    "venue_slug_is_plain": ("slug", SLUG_MESSAGE),
    "venue_building_has_city": ("city", _("A place of this kind needs its town.")),
    "venue_vague_place_has_no_street": (
        "street",
        _("Where the exact place is not known there is no street: choose another kind of place."),
    ),
    "venue_country_is_iso": ("country", COUNTRY),
    "venue_state_is_iso": ("state", SUBDIVISION),
    "venue_state_in_country": ("state", STATE),
    "venue_coordinates_valid": (
        "latitude",
        _("Give both: latitude from -90 to 90, longitude from -180 to 180."),
    ),
}

RULES: Rules = EVENT | ROWS | NOUNS
