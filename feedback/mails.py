"""The mails that take a report to those who answer it, and the answer back."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from feedback.models import Kind, Report
from lib.site import site_name

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


def answer_mail(report: Report) -> EmailMessage:
    """Plain text in the visitor's language, around the editors' own words.

    Nothing of the report is quoted: the address that was given may be somebody else's.
    """
    with override(report.language):
        context = {"report": report, "statement_url": settings.SITE_URL + reverse("pages:accessibility")}
        told = {"site": site_name(), "number": report.pk}
        return EmailMessage(
            subject=" ".join((_("[%(site)s] Answer to your report no. %(number)s") % told).split()),
            body=render_to_string("feedback/answer_mail.txt", context),
            to=[report.email],
            reply_to=[settings.CONTACT_EMAIL] if settings.CONTACT_EMAIL else None,
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
    return {"site": site_name(), "number": report.pk, "title": title}


def _addresses(report: Report) -> dict[str, object]:
    path = reverse("admin:feedback_report_change", args=[report.pk])
    return {"admin_url": settings.SITE_URL + path, "contact_days": settings.REPORT_CONTACT_DAYS}
