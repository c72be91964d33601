"""What other programs say of our outputs. Each is asked only where it is installed."""

import ctypes
import ctypes.util
import re
from xml.etree import ElementTree

import pytest


def read_xml(content):
    """The root element of a well-formed document."""
    return ElementTree.fromstring(content)  # noqa: S314 (our own output)


def ask_vobject(calendar):
    """vobject reads and validates the calendar."""
    vobject = pytest.importorskip("vobject")
    vobject.readOne(calendar.decode()).validate(raiseException=True)


def ask_libical(calendar):
    """libical keeps its restrictions, as a published calendar, and marks no error in its own copy."""
    name = ctypes.util.find_library("ical")
    if not name:
        pytest.skip("libical is not installed")
    library = ctypes.CDLL(name)
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    library.icalrestriction_check.argtypes = [ctypes.c_void_p]
    library.icalcomponent_as_ical_string.restype = ctypes.c_char_p
    library.icalcomponent_as_ical_string.argtypes = [ctypes.c_void_p]
    library.icalcomponent_free.argtypes = [ctypes.c_void_p]
    parsed = library.icalparser_parse_string(as_published(calendar))
    assert parsed
    kept = library.icalrestriction_check(parsed)
    copy = library.icalcomponent_as_ical_string(parsed).decode()
    library.icalcomponent_free(parsed)
    assert re.findall("X-LIC-ERROR.*", copy) == []
    assert kept


def as_published(calendar):
    """With the method and the organiser without which libical looks at half of the rules only."""
    calendar = calendar.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n", 1)
    organised = b"BEGIN:VEVENT\r\nORGANIZER:mailto:tests@example.org\r\n"
    return calendar.replace(b"BEGIN:VEVENT\r\n", organised)
