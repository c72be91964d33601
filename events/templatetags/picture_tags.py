"""The picture of an event, for components/picture.html."""

from django import template

from events import pictures

register = template.Library()

register.filter("picture", pictures.shown)
