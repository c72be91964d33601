"""Texts of the operator's own on legal pages (setting LEGAL_TEXTS)."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lib import markdown

register = template.Library()


@register.simple_tag
def own_text(name: str) -> SafeString:
    """The text of that name ("privacy", "privacy.instead") as HTML in the page's language, else in German."""
    asked = get_language() or ""
    for language in dict.fromkeys((asked, "de")):
        if text := settings.LEGAL_TEXTS.get(f"{name}.{language}", ""):
            html = markdown.render(text, highest=2)
            told = "" if language == asked else format_html(' lang="{}"', language)
            return format_html('<div class="prose own-text"{}>{}</div>', told, html)
    return SafeString("")
