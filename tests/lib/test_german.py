import pytest
from django.db import connection
from django.db.models import F, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Topic
from lib.german import Fold, Slugified, fold, slugify
from tests.factories import TopicFactory, VenueFactory

# What German entries are written in: Latin with all its accents, Greek, Cyrillic, digits, punctuation,
# accents as separate characters.
LETTERS = st.characters(
    max_codepoint=0x45F, exclude_characters="\x00", exclude_categories=["Cs"]
) | st.sampled_from("ẞ\u0308\u0301 -–„“")
TEXTS = st.lists(st.text(LETTERS, max_size=40), min_size=1, max_size=40)


def in_database(function: type[Fold], texts: list[str]) -> list[str]:
    """Each text through the SQL expression, in one query."""
    compiler = Topic.objects.all().query.get_compiler(connection=connection)
    sql, _ = function(Value("placeholder")).resolve_expression().as_sql(compiler, connection)
    call = sql.replace("%s", "item.text")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {call} FROM unnest(%s::text[]) WITH ORDINALITY AS item(text, place) ORDER BY place",
            [texts],
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Köln", "koln"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("GROẞ", "gross"),
        ("Ärzte für Öko-Übungen", "arzte fur oko-ubungen"),
        ("a\u0308rzte", "arzte"),
        ("Łódź, Český Krumlov, Århus", "lodz, cesky krumlov, arhus"),
        ("İstanbul", "istanbul"),
        ("", ""),
    ],
)
def test_fold_drops_case_and_accents(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Köln", "koeln"),
        ("Ko\u0308ln", "koeln"),
        ("Gießen", "giessen"),
        ("Bad Homburg v. d. Höhe", "bad-homburg-v-d-hoehe"),
        ("ÜBER München", "ueber-muenchen"),
        ("  – ? –  ", ""),
        ("Frankfurt (Oder)", "frankfurt-oder"),
        ("Malmö/Århus", "malmoe-arhus"),
    ],
)
def test_slugify_writes_umlauts_as_germans_do(text, slug):
    assert slugify(text) == slug


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_python_and_postgresql_fold_alike(texts):
    assert in_database(Fold, texts) == [fold(text) for text in texts]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_python_and_postgresql_slugify_alike(texts):
    assert in_database(Slugified, texts) == [slugify(text) for text in texts]


def test_slugs_are_made_of_plain_words_only():
    assert slugify("Ünïcödé ☃ 2027!") == "uenicoede-2027"


@pytest.mark.django_db
def test_names_sort_as_in_a_german_dictionary():
    for name in ["Zebra", "apfelbaum", "Äpfel", "Straße", "Strasse 2", "Österreich", "Oslo"]:
        TopicFactory(name_de=name)
    assert [topic.name_de for topic in Topic.objects.in_order()] == [
        "Äpfel", "apfelbaum", "Oslo", "Österreich", "Straße", "Strasse 2", "Zebra",
    ]  # fmt: skip


@pytest.mark.django_db
def test_fold_works_on_columns():
    TopicFactory(name_de="GRÖSSE")
    assert Topic.objects.annotate(plain=Fold(F("name_de"))).get().plain == "grosse"


@pytest.mark.django_db
def test_a_venue_knows_its_city_as_a_slug():
    venue = VenueFactory(city="Bad Königshofen im Grabfeld", state="DE-BY")
    assert venue.city_slug == slugify(venue.city) == "bad-koenigshofen-im-grabfeld"
