"""The closed vocabularies of events. Values are stable: they stand in addresses and exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where an entry stands in the editors' work."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Status(models.TextChoices):
    """What became of the announced date (schema.org EventStatusType, one to one)."""

    SCHEDULED = "scheduled", _("Scheduled")
    RESCHEDULED = "rescheduled", _("New date")
    POSTPONED = "postponed", _("Postponed, no new date yet")
    MOVED_ONLINE = "moved_online", _("Moved online")
    CANCELLED = "cancelled", _("Cancelled")


class Mode(models.TextChoices):
    ONSITE = "onsite", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("On site and online")


class Precision(models.TextChoices):
    """How exactly a date is known. Anything but a day spans whole months."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Year")


class OnlineAccess(models.TextChoices):
    """How one gets into the online part when no address is given."""

    AFTER_REGISTRATION = "after_registration", _("Link after registration")
    MEMBERS = "members", _("Members only")
    UNKNOWN = "unknown", _("Access not known")


class Format(models.TextChoices):
    CONGRESS = "congress", _("Congress")
    TRADE_FAIR = "trade_fair", _("Trade fair")
    CONFERENCE = "conference", _("Conference")
    WORKSHOP = "workshop", _("Workshop")
    HACKATHON = "hackathon", _("Hackathon")
    COURSE = "course", _("Course")
    WEBINAR = "webinar", _("Webinar")
    FORUM = "forum", _("Forum")
    COMPETITION = "competition", _("Competition")
    BARCAMP = "barcamp", _("Barcamp")
    AWARD = "award", _("Award ceremony")


class Audience(models.TextChoices):
    FEDERAL = "federal", _("Federal administration")
    STATE = "state", _("State administration")
    MUNICIPAL = "municipal", _("Municipalities")
    MAYORS = "mayors", _("Mayors and county commissioners")
    IT = "it", _("IT managers")
    BUSINESS = "business", _("Business")
    SCIENCE = "science", _("Science")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    PUBLIC_ENTERPRISE = "public_enterprise", _("Public enterprises")


class Eligibility(models.TextChoices):
    EVERYONE = "everyone", _("Open to everyone")
    PUBLIC_SECTOR = "public_sector", _("Public sector only")
    MEMBERS = "members", _("Members only")
    INVITATION = "invitation", _("By invitation only")


class AccessibilityOffer(models.TextChoices):
    WHEELCHAIR = "wheelchair", _("Wheelchair accessible")
    SIGN_LANGUAGE = "sign_language", _("Sign language")
    CAPTIONS = "captions", _("Captions")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    EASY_LANGUAGE = "easy_language", _("Easy language")


class VenueFact(models.TextChoices):
    STEP_FREE = "step_free", _("Step-free access")
    ACCESSIBLE_TOILET = "accessible_toilet", _("Accessible toilet")
    LIFT = "lift", _("Lift")
    ACCESSIBLE_PARKING = "accessible_parking", _("Accessible parking")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    TACTILE_GUIDANCE = "tactile_guidance", _("Tactile guidance")


class VenueKind(models.TextChoices):
    """What a place is, so that a vague one is never shown as an address."""

    BUILDING = "building", _("Building or grounds")
    CITY = "city", _("Town only; the exact place is not known")
    REGION = "region", _("Several places in a region")
    COUNTRY = "country", _("All over the country")
    VESSEL = "vessel", _("Ship or train")


class VenueUse(models.TextChoices):
    VENUE = "venue", _("Venue")
    BROADCAST = "broadcast", _("Broadcast from here")
    PLANNED = "planned", _("Was to take place here")


class OrganisationRole(models.TextChoices):
    ORGANISER = "organiser", _("Organiser")
    CO_ORGANISER = "co_organiser", _("Co-organiser")
    HOST = "host", pgettext_lazy("role of an organisation", "Host")
    PARTNER = "partner", _("Partner")
    COOPERATION_PARTNER = "cooperation_partner", _("Cooperation partner")
    MEDIA_PARTNER = "media_partner", _("Media partner")
    SPONSOR = "sponsor", _("Sponsor")
    EXHIBITOR = "exhibitor", _("Exhibitor")
    SUPPORTER = "supporter", _("Supporter")


# "Who runs it": what the filter `organiser` and the line of organisers on a card mean.
ORGANISING = (OrganisationRole.ORGANISER, OrganisationRole.CO_ORGANISER, OrganisationRole.HOST)


class SpeakerRole(models.TextChoices):
    """Labels stand over groups of people, so German names the part and not the person."""

    PATRON = "patron", pgettext_lazy("role of a person", "Patron")
    KEYNOTE = "keynote", pgettext_lazy("role of a person", "Keynote")
    SPEAKER = "speaker", pgettext_lazy("role of a person", "Speaker")
    PANELLIST = "panellist", pgettext_lazy("role of a person", "Panellist")
    MODERATOR = "moderator", pgettext_lazy("role of a person", "Moderator")
    HOST = "host", pgettext_lazy("role of a person", "Host")
    INITIATOR = "initiator", pgettext_lazy("role of a person", "Initiator")


class SessionKind(models.TextChoices):
    KEYNOTE = "keynote", _("Keynote speech")
    TALK = "talk", _("Talk")
    PANEL = "panel", _("Panel discussion")
    WORKSHOP = "workshop", _("Workshop")
    DIALOGUE = "dialogue", _("Dialogue")
    COURSE = "course", _("Course")
    HACKATHON = "hackathon", _("Hackathon")
    AWARD = "award", _("Award ceremony")
    SOCIAL = "social", _("Social event")


class PriceGroup(models.TextChoices):
    EVERYONE = "everyone", _("Everyone")
    PUBLIC_SECTOR = "public_sector", _("Public sector")
    MUNICIPAL = "municipal", _("Municipalities")
    BUSINESS = "business", _("Business")
    MEMBERS = "members", _("Members")
    NON_MEMBERS = "non_members", _("Non-members")
    SCIENCE = "science", _("Science")
    STUDENTS = "students", _("Students")
    PRESS = "press", _("Press")


class Language(models.TextChoices):
    """Languages an event is held in (ISO 639-1)."""

    DE = "de", _("German")
    EN = "en", _("English")
    FR = "fr", _("French")
    IT = "it", _("Italian")
    ES = "es", _("Spanish")
    NL = "nl", _("Dutch")
    DA = "da", _("Danish")
    SV = "sv", _("Swedish")
    NO = "no", _("Norwegian")
    FI = "fi", _("Finnish")
    ET = "et", _("Estonian")
    LV = "lv", _("Latvian")
    LT = "lt", _("Lithuanian")
    PL = "pl", _("Polish")
    CS = "cs", _("Czech")
    SK = "sk", _("Slovak")
    HU = "hu", _("Hungarian")
    SL = "sl", _("Slovenian")
    HR = "hr", _("Croatian")
    SR = "sr", _("Serbian")
    SQ = "sq", _("Albanian")
    BG = "bg", _("Bulgarian")
    RO = "ro", _("Romanian")
    EL = "el", _("Greek")
    PT = "pt", _("Portuguese")
    LB = "lb", _("Luxembourgish")
    RM = "rm", _("Romansh")
    UK = "uk", _("Ukrainian")
    RU = "ru", _("Russian")
    TR = "tr", _("Turkish")
    AR = "ar", _("Arabic")
