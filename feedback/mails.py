"""The mail that takes a report to those who answer it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from feedback.models import Kind, Report

LONGEST_SUBJECT = 150


def report_mail(report: Report) -> EmailMessage:
    """Plain text in the operator's language. Answers go to the visitor where an address was given."""
    with override(settings.LANGUAGE_CODE):
        return EmailMessage(
            subject=subject(report),
            body=render_to_string("feedback/report_mail.txt", {"report": report, **_addresses(report)}),
            to=settings.REPORT_RECIPIENTS,
            reply_to=[report.email] if report.email else None,
            # RFC 3834: holiday notices and the like are not sent in return.
            headers={"Auto-Submitted": "auto-generated"},
        )


def subject(report: Report) -> str:
    """One line, whatever the entry's title holds."""
    if report.kind == Kind.BARRIER:
        text = _("[%(site)s] Barrier reported, no. %(number)s") % _names(report)
    else:
        text = _("[%(site)s] Error reported, no. %(number)s: %(title)s") % _names(report)
    return " ".join(text.split())[:LONGEST_SUBJECT]


def _names(report: Report) -> dict[str, object]:
    title = report.event.title if report.event else report.page
    return {"site": settings.SITE_NAME, "number": report.pk, "title": title}


def _addresses(report: Report) -> dict[str, object]:
    path = reverse("admin:feedback_report_change", args=[report.pk])
    return {"admin_url": settings.SITE_URL + path, "contact_days": settings.REPORT_CONTACT_DAYS}
