"""The groups of an event's form, in the order in which an editor thinks.

The first class of a group is its name; inlines say with `after` which group they follow.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDSETS: Any = [
    (
        _("What"),
        {
            "classes": ["what"],
            "fields": [
                "title",
                "title_en",
                "subtitle",
                ("series", "edition"),
                "parent",
                "formats",
                "summary",
                "summary_en",
                "description",
                "website",
                "hashtag",
            ],
        },
    ),
    (
        _("When"),
        {
            "classes": ["when"],
            "fields": [
                "pasted_dates",
                ("starts_on", "ends_on"),
                ("start_time", "end_time"),
                ("timezone", "date_precision"),
                "date_note",
                ("status", "sold_out"),
            ],
        },
    ),
    (_("Where"), {"classes": ["where"], "fields": ["mode", "online_url", "online_access"]}),
    (
        _("Taking part"),
        {
            "classes": ["taking-part"],
            "fields": [
                ("registration_url", "registration_deadline"),
                ("contributions_url", "contributions_deadline"),
                ("exhibitors_url", "exhibitors_deadline"),
                ("eligibility", "is_free"),
                ("price_note", "early_bird_until"),
                "languages",
                "accessibility",
            ],
        },
    ),
    (
        _("Topics and audience"),
        {"classes": ["topics"], "fields": ["audiences", ("partner_country", "partner_region")]},
    ),
    (
        _("Figures"),
        {
            "classes": ["figures"],
            "fields": [
                ("attendees", "attendees_onsite", "attendees_online"),
                ("speaker_count", "exhibitor_count"),
            ],
        },
    ),
    (_("Image"), {"classes": ["image"], "fields": ["image", "image_alt", "image_credit", "image_licence"]}),
    (
        _("Editorial"),
        {
            "classes": ["editorial"],
            "fields": [
                ("state", "publish_from", "checked_on"),
                "slug",
                "former_addresses",
                ("published_at", "withdrawn_at", "revision"),
                ("created_at", "modified_at", "is_sample"),
                "uid",
            ],
        },
    ),
]
