"""What a person's entry was before each change is kept, until the person is anonymised: then it is forgotten.

The trail forgets whichever way the person is anonymised: the rows of the person and of entries that were merged
into it, its former addresses, and the name wherever else a former text says it.
"""

from django.db import migrations

from lib.triggers import after, function, keeps_trail

# `who` are the keys of the people's entries: their own, and those of entries that bore their name or address.
FORGET = """
    FOR one IN SELECT stale.* FROM stale JOIN fresh USING (id)
        WHERE stale.anonymised_at IS NULL AND fresh.anonymised_at IS NOT NULL
    LOOP
        slugs := ARRAY[one.slug] || ARRAY(SELECT slug FROM addresses_formerslug WHERE noun = 'speaker' AND target = one.id)
            || ARRAY(SELECT before ->> 'slug' FROM trail_change
                     WHERE "table" = 'speakers_speaker' AND key = one.id AND before ? 'slug');
        names := one.aliases || ARRAY[concat_ws(' ', nullif(one.given_name, ''), one.family_name)]
            || ARRAY(SELECT jsonb_array_elements_text(before -> 'aliases') FROM trail_change
                     WHERE "table" = 'speakers_speaker' AND key = one.id AND before ? 'aliases')
            || ARRAY(SELECT concat_ws(' ', nullif(coalesce(before ->> 'given_name', one.given_name), ''),
                                      coalesce(before ->> 'family_name', one.family_name))
                     FROM trail_change WHERE "table" = 'speakers_speaker' AND key = one.id AND before IS NOT NULL);
        who := ARRAY[one.id] || ARRAY(
            SELECT key FROM trail_change WHERE "table" = 'speakers_speaker' AND (before ->> 'slug' = ANY (slugs)
                OR concat_ws(' ', nullif(before ->> 'given_name', ''), before ->> 'family_name') = ANY (names)));
        PERFORM trail_forget('speakers_speaker', who);
        DELETE FROM trail_change WHERE "table" = 'addresses_formerslug' AND noun = 'speaker' AND owner = ANY (who);
        PERFORM trail_strike(slugs || names);
    END LOOP;"""

# Addresses of a nameless row are forgotten only after its name.
FORGET_ADDRESS = """
    DELETE FROM trail_change WHERE "table" = 'addresses_formerslug' AND noun = 'speaker' AND owner IN (
        SELECT target FROM stale JOIN speakers_speaker AS person ON person.id = target
        WHERE noun = 'speaker' AND person.anonymised_at IS NOT NULL);"""


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0004_names_found_alike"),
        ("addresses", "0005_on_the_trail"),
        ("trail", "0002_what_is_forgotten"),
    ]

    # Triggers of one kind run in the order of their names: first the trail notes, then it forgets.
    operations = [
        *keeps_trail("speakers_speaker", "speaker", "id"),
        function(
            "speakers_forget_trail", FORGET, "one speakers_speaker; slugs text[]; names text[]; who bigint[];"
        ),
        *after("speakers_speaker", "trail_update_forget", "speakers_forget_trail()", ["UPDATE"]),
        function("speakers_forget_addresses", FORGET_ADDRESS),
        *after("addresses_formerslug", "trail_update_speakers", "speakers_forget_addresses()", ["UPDATE", "DELETE"]),
    ]
