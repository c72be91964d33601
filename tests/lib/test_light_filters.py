"""A set of filters without copies and forms reads what django-filter's own reads."""

import pytest
from django import forms
from django.http import QueryDict
from django_filters import CharFilter

from events.models import Topic
from lib.light_filters import LightFilterSet

pytestmark = pytest.mark.django_db


class Short(forms.CharField):
    def clean(self, value):
        if len(value or "") > 3:
            raise forms.ValidationError("Too long.")
        return super().clean(value)


class ShortFilter(CharFilter):
    field_class = Short


class TopicFilter(LightFilterSet):
    slug = CharFilter(required=False)
    name = CharFilter(method="by_name", required=False)
    short = ShortFilter(required=False)

    def by_name(self, queryset, name, value):
        return queryset.filter(**{f"{name}_de": f"{value}{self.data.get('rest', '')}"})


def sifted(query):
    return TopicFilter(QueryDict(query), Topic.objects.order_by("slug"))


def test_filters_read_their_parameters_and_ask_the_set_they_belong_to():
    cloud, data = (Topic.objects.create(slug=slug, name_de=slug.title()) for slug in ("cloud", "daten"))
    assert list(sifted("").qs) == [cloud, data]
    assert list(sifted("slug=daten").qs) == [data]
    one, other = sifted("name=Clou&rest=d"), sifted("name=Clou&rest=x")
    assert (list(one.qs), list(other.qs)) == ([cloud], [])


def test_what_cannot_be_read_is_told():
    sifter = sifted("short=abcd&slug=cloud")
    assert not sifter.is_valid()
    assert sifter.form.errors == {"short": ["Too long."]}
    assert sifter.form.cleaned_data["slug"] == "cloud"
