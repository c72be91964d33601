"""Mails to editors about their own account: plain text, in the language of the page that caused them.

They leave beside the answer: nobody can read from the time it takes whether one is sent at all, and a mail
server that hangs keeps nobody waiting.
"""

import logging
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from lib.site import site_name

logger = logging.getLogger(__name__)
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mails")


def news_of(template_prefix: str) -> str:
    """What has happened, by the name that allauth gives to its mail; empty for what we do not write of."""
    news = {
        "account/email/password_changed": _("The password of your account has been changed."),
        "account/email/password_reset": _("The password of your account has been replaced by a new one."),
        "mfa/email/totp_activated": _("An authenticator app has been added to your account."),
        "mfa/email/totp_deactivated": _("The authenticator app has been removed from your account."),
        "mfa/email/webauthn_added": _("A security key has been added to your account."),
        "mfa/email/webauthn_removed": _("A security key has been removed from your account."),
        "mfa/email/recovery_codes_generated": _("New recovery codes have been made for your account."),
        "accounts/factors_removed": _("An administrator has removed the second factors of your account."),
    }
    return news.get(template_prefix, "")


def tell(news: str, address: str) -> None:
    """Tells a person what has happened to the account; who did not do it learns what to do."""
    facts = {"news": news, "site_name": site_name(), "contact": settings.CONTACT_EMAIL}
    _send(news, render_to_string("account/mail_news.txt", facts), address)


def send_link(link: str, username: str, address: str) -> None:
    """The link by which a forgotten password is replaced."""
    facts = {
        "link": link,
        "username": username,
        "site_name": site_name(),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
    }
    _send(_("Your new password"), render_to_string("account/mail_link.txt", facts), address)


def settle() -> None:
    """Returns when all mails have left that were under way."""
    _post.submit(lambda: None).result()


def _send(subject: str, body: str, address: str) -> None:
    mail = EmailMessage(
        subject=f"[{site_name()}] {subject}",
        body=body,
        to=[address],
        # RFC 3834: holiday notices and the like are not sent in return.
        headers={"Auto-Submitted": "auto-generated"},
    )
    _post.submit(_deliver, mail)


def _deliver(mail: EmailMessage) -> None:
    try:
        mail.send()
    except (OSError, ValueError) as error:
        # Without the error's own words: a mail server likes to repeat addresses in them.
        logger.error("A mail to an editor was not sent (%s).", type(error).__name__)
