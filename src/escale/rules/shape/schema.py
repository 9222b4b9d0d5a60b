"""JSON Schema (2020-12) of a described format."""

from typing import Any

from escale.rules.shape.kinds import Kind, Later, ListOf, MapOf, OneOf, Record, resolved
from escale.rules.shape.scalar import Choice, Number, Scalar, YesNo

type Json = dict[str, Any]


def json_schema(root: Kind, identifier: str) -> Json:
    """The schema of a file whose root is ``root``. Records that hold themselves become definitions."""
    definitions: dict[str, Json] = {}
    body = _schema(root, definitions)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:{identifier}"}
    return {**head, **body, "$defs": definitions}


def _schema(kind: Kind, definitions: dict[str, Json]) -> Json:
    if isinstance(kind, Later):
        if kind.name not in definitions:
            definitions[kind.name] = {}
            definitions[kind.name] = _schema(kind(), definitions)
        return {"$ref": f"#/$defs/{kind.name}"}
    real = resolved(kind)
    if isinstance(real, Record):
        return _record(real, definitions)
    if isinstance(real, ListOf):
        items = _schema(real.item, definitions)
        return {"type": "array", "items": items, "minItems": real.least, "maxItems": real.most}
    if isinstance(real, OneOf):
        return {"title": real.label, "oneOf": [_form(mark, record, definitions) for mark, record in real.forms]}
    if isinstance(real, MapOf):
        return {"type": "object", "additionalProperties": _schema(real.value, definitions), "maxProperties": real.most}
    return _scalar(real)


def _form(mark: str, record: Record, definitions: dict[str, Json]) -> Json:
    body = _record(record, definitions)
    return {**body, "required": sorted({mark, *body["required"]})}


def _record(kind: Record, definitions: dict[str, Json]) -> Json:
    properties = {}
    for one in kind.fields:
        told: Json = {"title": one.label}
        if one.help:
            told["description"] = one.help
        if one.default is not None:
            told["default"] = one.default
        properties[one.name] = {**_schema(one.kind, definitions), **told}
    required = [one.name for one in kind.fields if one.required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _scalar(kind: Scalar) -> Json:
    if isinstance(kind, Choice):
        return {"enum": list(kind.words)}
    if isinstance(kind, YesNo):
        return {"enum": [True, False, "yes", "no"]}
    if isinstance(kind, Number):
        return {"type": ["number", "string"]}
    return {"type": ["string", "number", "boolean"]}
