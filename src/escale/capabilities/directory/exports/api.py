"""The read API of places: pages by cursor, and its description (OpenAPI 3.1)."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from escale.capabilities.directory.models import Listing
from escale.capabilities.directory.queries import record
from escale.capabilities.directory.queries.question import CHOICES, Question
from escale.capabilities.directory.queries.search import Found
from escale.rules.places import UNITS
from escale.rules.refusal import Refused

MOST, USUAL = 200, 50


def page(found: Found, asked: Question, at: datetime, *, cursor: str, limit: int) -> tuple[list[dict[str, Any]], str]:
    """``limit`` records after ``cursor`` in the order of the search, and the cursor of the next page ("" at the end).

    Raises ``Refused`` (wrong_cursor). A cursor names the last place seen: what is added or closed meanwhile
    neither repeats nor hides the others.
    """
    near = asked.near is not None
    if cursor:
        found = _after(found, cursor, near)
    rows = list(found.select_related("record")[: limit + 1])
    told = [record.published(json.loads(row.record.card), at) for row in rows[:limit]]
    return told, _cursor(rows[limit - 1], near) if len(rows) > limit else ""


def _cursor(row: Listing, near: bool) -> str:
    far = getattr(row, "far", None) if near else None
    return base64.urlsafe_b64encode(json.dumps([far, row.rank, row.pk]).encode()).decode().rstrip("=")


def _after(found: Found, cursor: str, near: bool) -> Found:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        far, rank, key = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        if not (isinstance(rank, str) and isinstance(key, int) and abs(key) < 2**62 and "\0" not in rank):
            raise ValueError
        if far is not None and not isinstance(far, float):
            raise ValueError
        rank.encode("utf-8")
    except (binascii.Error, ValueError, TypeError, UnicodeError) as error:
        raise Refused(
            "wrong_cursor", _("Ce curseur n’est pas un de ceux que nous donnons : reprenez au début.")
        ) from error
    later = Q(rank__gt=rank) | Q(rank=rank, place_id__gt=key)
    if not near:
        return found.filter(later)
    if far is None:
        return found.filter(later, Q(("far__isnull", True)))
    return found.filter(Q(far__gt=far) | Q(far__isnull=True) | (Q(far=far) & later))


def openapi(base_url: str) -> dict[str, Any]:
    """The description of the API."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Escale, lieux du réseau",
            "version": "1",
            "license": {"name": "Licence Ouverte 2.0", "identifier": "etalab-2.0"},
        },
        "servers": [{"url": base_url}],
        "paths": {
            "/api/v1/places": {
                "get": {
                    "operationId": "listPlaces",
                    "summary": "Lieux de l’annuaire, dans l’ordre de la liste publique",
                    "parameters": _parameters(),
                    "responses": {
                        "200": {
                            "description": "Une page de lieux",
                            "headers": {"ETag": {"schema": {"type": "string"}}},
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}},
                        },
                        "304": {"description": "Rien n’a changé depuis l’ETag donné"},
                        "422": {
                            "description": "Un paramètre n’est pas compris",
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
                        },
                    },
                }
            }
        },
        "components": {"schemas": _schemas()},
    }


def _parameters() -> list[dict[str, Any]]:
    plain = {
        "q": ("string", "Mots du nom, de l’adresse, du code postal, de la commune d’aujourd’hui ou d’hier ; tous doivent s’y trouver"),
        "near": ("string", "Code ou nom d’une commune, code postal, adresse (« 12 rue du Bac, Caen » : cherchée parmi celles des lieux connus, sinon le centre de la commune), ou « latitude,longitude »"),
        "minutes": ("number", "Au plus tant de minutes par la route, de commune à commune, depuis near"),
        "km": ("number", "Au plus tant de kilomètres à vol d’oiseau du point near ; les lieux sans point sont exclus"),
        "open_at": ("string", "now, un jour, ou un instant ISO 8601 (heure de Paris sans décalage)"),
        "price_max": ("string", "Euros ; comparé dans l’unité unit seulement"),
        "cursor": ("string", "Le next_cursor de la page d’avant"),
        "limit": ("integer", f"De 1 à {MOST} ; {USUAL} sinon"),
    }  # fmt: skip
    told: list[dict[str, Any]] = [
        {"name": name, "in": "query", "description": words, "schema": {"type": kind}}
        for name, (kind, words) in plain.items()
    ]
    for name, codes in CHOICES.items():
        values = (
            [*codes, *(f"{code}:{said}" for code in codes for said in ("yes", "no", "unknown"))]
            if name == "access"
            else [*codes]
        )
        words = "L’un de ceux nommés" if name == "kind" else "Tous ceux nommés"
        told.append(
            {"name": name, "in": "query", "description": words, "explode": True,
             "schema": {"type": "array", "items": {"type": "string", "enum": values}}}
        )  # fmt: skip
    told.append({"name": "unit", "in": "query", "description": "Unité du prix", "schema": {"enum": [*UNITS]}})
    return told


def _schemas() -> dict[str, Any]:
    text, maybe = {"type": "string"}, {"type": ["string", "null"]}
    texts = {"type": "array", "items": text}
    rows = {"type": "array", "items": {"type": "object"}}
    number = {"type": ["number", "null"]}
    place = {
        "id": text, "url": text, "name": text, "kinds": texts, "summary": text, "carrier": text, "siret": text,
        "commune": {"type": "object", "properties": {"code": text, "name": text, "former": text}},
        "address": text, "complement": text, "postcode": text, "lon": number, "lat": number,
        "lambert93": {"type": ["object", "null"]}, "phone": text, "emails": texts, "websites": texts,
        "opened_on": maybe, "hours": rows, "opening_hours": text, "open_on_public_holidays": {"type": "boolean"},
        "closures": {**rows, "description": "from : premier jour fermé ; until : premier jour de nouveau ouvert"}, "spaces": rows, "equipment": {"type": "object", "description": "Un nombre quand on a compté, sinon true ou false"},
        "access_notes": {"type": "object"}, "measures": {"type": "object"},
        "tariffs": rows, "access": {"type": "object", "description": "Un besoin absent n’est pas renseigné"},
        "services": texts, "publics": texts, "languages": texts, "staff": rows, "welcome_hours": text,
        "checked_on": maybe, "source": text, "standings": rows,
    }  # fmt: skip
    return {
        "Place": {"type": "object", "required": ["id", "url", "name", "kinds", "commune"], "properties": place},
        "Page": {
            "type": "object",
            "required": ["count", "places", "next_cursor"],
            "properties": {
                "count": {"type": "integer"},
                "places": {"type": "array", "items": {"$ref": "#/components/schemas/Place"}},
                "next_cursor": maybe,
            },
        },
        "Error": {
            "type": "object",
            "properties": {"error": {"type": "object", "properties": {"code": text, "message": text}}},
        },
    }
