"""The national standard « Lieux de médiation numérique »: a row from a place, values of a place from a row."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from escale.foundation.places import osm, queries
from escale.foundation.places.models import Place
from escale.rules import places as words
from escale.rules.table_schema import TableSchema

SCHEMA = Path(__file__).parent / "data" / "mediation_numerique.schema.json"
#: Column of the standard → field of a place, with the standard's words by code.
CODED: dict[str, tuple[str, Mapping[str, str]]] = {
    "services": ("services", words.STANDARD_SERVICES),
    "publics_specifiquement_adresses": ("publics", words.STANDARD_PUBLICS),
    "prise_en_charge_specifique": ("care", words.CARE),
    "frais_a_charge": ("fees", words.FEES),
    "dispositif_programmes_nationaux": ("programmes", words.PROGRAMMES),
    "formations_labels": ("trainings", words.TRAININGS),
    "modalites_acces": ("access_modes", words.ACCESS_MODES),
    "modalites_accompagnement": ("support", words.SUPPORT),
    "itinerance": ("roaming", words.ROAMING),
}
_PHONE = re.compile(r"\+(33|590|594|262|596|269|687|689|508|681)\d{6,9}\Z")


@cache
def document() -> dict[str, object]:
    """The schema as it ships."""
    found: dict[str, object] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def schema() -> TableSchema:
    """A fresh checker: it remembers the identifiers that it has seen."""
    return TableSchema(document())


def row(place: Place, at: date) -> dict[str, str]:
    """The place (read with ``queries.whole``) as a row; what is not known is empty, nothing is invented."""
    pivot = place.pivot or (place.carrier.siret if place.carrier else "")
    checked = place.checked_on or max(
        (date.fromisoformat(one["on"]) for one in place.origins.values() if one.get("on")), default=at
    )
    told = {
        "id": place.slug,
        "pivot": pivot,
        "nom": place.name,
        "commune": place.commune.name,
        "code_postal": place.postcode,
        "code_insee": place.commune_id,
        "adresse": place.address,
        "complement_adresse": place.complement or place.former_commune,
        "latitude": "" if place.lat is None else f"{place.lat:.6f}",
        "longitude": "" if place.lon is None else f"{place.lon:.6f}",
        "typologie": "|".join(place.typology or ("TIERS_LIEUX",)),
        "telephone": place.phone if _PHONE.match(place.phone) else "",
        "courriels": "|".join(place.emails),
        "site_web": "|".join(place.websites),
        "horaires": osm.write(
            queries.weeks(place),
            open_on_public_holidays=place.open_on_public_holidays,
            closures=[(one.first, one.until) for one in place.closures.all() if one.until > at],
        ),
        "presentation_resume": place.summary,
        "presentation_detail": place.description,
        "source": place.source,
        "structure_parente": place.carrier.name if place.carrier else place.carrier_name,
        "date_maj": checked.isoformat(),
        "autres_formations_labels": "|".join(place.other_labels),
        "fiche_acces_libre": place.acceslibre,
        "prise_rdv": place.booking_url,
    }
    for column, (field, labels) in CODED.items():
        told[column] = "|".join(labels[code] for code in getattr(place, field) if code in labels)
    return told


def codes(column: str, text: str) -> tuple[tuple[str, ...], list[str]]:
    """The codes of a cell (``|`` or ``;`` between values), and the words that are not the standard's."""
    _field, labels = CODED[column]
    by_words = {_bare(label): code for code, label in labels.items()}
    found, strange = [], []
    for one in re.split(r"[|;]", text):
        code = by_words.get(_bare(one)) or (one.strip() if one.strip() in labels else None)
        if code:
            found.append(code)
        elif one.strip():
            strange.append(one.strip())
    return tuple(dict.fromkeys(found)), strange


def phone(text: str) -> str:
    """A French number written any way, as ``+33…``; what cannot be read so stays as it is, at most 20 characters."""
    bare = re.sub(r"[\s.\-()/]", "", text)
    bare = re.sub(r"\A00", "+", bare)
    if re.fullmatch(r"0[1-9]\d{8}", bare):
        bare = f"+33{bare[1:]}"
    bare = re.sub(r"\A\+330([1-9]\d{8})\Z", r"+33\1", bare)
    return bare if _PHONE.match(bare) else text.strip()[:20]


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").strip()).casefold()


def complete(rows: Iterable[dict[str, str]]) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    """The rows that the schema accepts, and (id, why) of the others."""
    checker, kept, left = schema(), [], []
    for line, one in enumerate(rows, 2):
        faults = list(checker.faults(one, line))
        if faults:
            left.append((one["id"], " ".join(fault.message for fault in faults)))
        else:
            kept.append(one)
    return kept, left
