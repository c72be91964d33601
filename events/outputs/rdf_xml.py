"""RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/) of JSON-LD whose context has nothing but prefixes."""

from typing import Any
from xml.etree import ElementTree as Xml

from events.outputs import plain

MEDIA_TYPE = "application/rdf+xml"


def document(data: dict[str, Any]) -> bytes:
    """The node and all in it. Names are prefixed, texts are `@value` objects, other things have an `@id`.

    A node that is told twice would be written twice: tell it once and name it by its `@id` elsewhere.
    """
    prefixes = data["@context"]
    root = Xml.Element("rdf:RDF", {f"xmlns:{prefix}": address for prefix, address in prefixes.items()})
    _describe(root, {name: value for name, value in data.items() if name != "@context"}, prefixes)
    return plain.xml(root)


def _describe(parent: Xml.Element, node: dict[str, Any], prefixes: dict[str, str]) -> None:
    element = Xml.SubElement(parent, node["@type"], {"rdf:about": node["@id"]})
    for name, value in node.items():
        if not name.startswith("@"):
            for one in value if isinstance(value, list) else [value]:
                _property(Xml.SubElement(element, name), one, prefixes)


def _property(element: Xml.Element, value: dict[str, Any], prefixes: dict[str, str]) -> None:
    if "@value" in value:
        element.text = value["@value"]
        if "@language" in value:
            element.set("xml:lang", value["@language"])
        if "@type" in value:
            prefix, _, name = value["@type"].partition(":")
            element.set("rdf:datatype", prefixes[prefix] + name)
    elif "@type" in value:
        _describe(element, value, prefixes)
    else:
        element.set("rdf:resource", value["@id"])
