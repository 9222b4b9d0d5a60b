"""Whether a commune lies in a perimeter, and how it is said."""

from typing import Any

from escale.rules.regions import REGION_OF
from escale.rules.scheme.case import Row
from escale.rules.words import _


def in_perimeter(spec: dict[str, Any] | None, row: Row, zones: Any) -> bool | None:
    """Whether a commune lies in the perimeter; None when what decides is unknown."""
    if not spec:
        return True
    zones = zones if zones is None or isinstance(zones, tuple | list) else (str(zones),)
    answers: list[bool | None] = []
    commune, departement = row.get("commune"), row.get("departement")
    if spec.get("departements") or spec.get("communes") or spec.get("regions"):
        inside = commune in spec.get("communes", ()) or departement in spec.get("departements", ())
        inside = inside or REGION_OF.get(str(departement)) in spec.get("regions", ())
        answers.append(None if commune is None else inside)
    if spec.get("epcis"):
        answers.append(None if row.get("epci") is None else str(row["epci"]) in spec["epcis"])
    if spec.get("zones"):
        answers.append(None if zones is None else bool(set(zones) & set(spec["zones"])))
    # Département, commune and zone are ways to be inside: one is enough.
    inside_any = True in answers if answers else True
    if not inside_any:
        return None if None in answers else False
    outside: list[bool | None] = []
    if spec.get("without_communes"):
        outside.append(None if commune is None else commune in spec["without_communes"])
    if spec.get("without_zones"):
        outside.append(None if zones is None else bool(set(zones) & set(spec["without_zones"])))
    if True in outside:
        return False
    return None if None in outside else True


def perimeter_words(spec: dict[str, Any], ok: bool | None, commune: str | None) -> str:
    """The sentence of a commune in or out of a perimeter."""
    name = spec.get("label") or _("le périmètre de l’appel")
    if ok is None:
        return _("à préciser ({name}).").format(name=name)
    inside = _("la commune {code} est dans {name}.")
    outside = _("la commune {code} est hors de {name}.")
    return (inside if ok else outside).format(code=commune, name=name)
