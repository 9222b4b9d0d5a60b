"""Which column of a stranger's file says what: headings are compared without case, accents or signs."""

from collections.abc import Iterable

from escale.foundation.territory.names import fold

#: Our field → headings met in directories of places (each folded; words in the order of preference).
HEADINGS: dict[str, tuple[str, ...]] = {
    "ref": ("id", "identifiant", "identifiant local", "id lieu", "objectid", "fid", "code lieu", "uuid", "ref", "reference"),
    "pivot": ("pivot", "siret", "numero siret", "n siret", "siret structure", "rna", "siret rna", "siren"),
    "name": ("nom", "nom du lieu", "nom lieu", "nom tl", "nom tiers lieu", "nom du tiers lieu", "nom structure", "nom de la structure",
             "denomination", "libelle", "intitule", "name", "title", "titre", "raison sociale", "structure", "lieu", "etablissement"),
    "commune": ("commune", "com nv", "ville", "nom commune", "nom com", "commune nouvelle", "libelle commune", "city", "localite",
                "nom de la commune"),
    "former_commune": ("ancienne commune", "commune deleguee", "commune historique", "com anc", "former commune"),
    "postcode": ("code postal", "cp", "codepostal", "postcode", "postal code", "code post"),
    "insee": ("code insee", "insee", "insee com", "codeinsee", "code commune", "code com", "citycode", "depcom", "code officiel commune"),
    "address": ("adresse", "adresse postale", "adresse du lieu", "adresse 1", "adresse1", "rue", "voie", "address", "street", "adr"),
    "complement": ("complement adresse", "complement", "complement d adresse", "adresse 2", "adresse2", "batiment"),
    "lat": ("latitude", "lat", "y wgs84", "coord y wgs84", "y lat"),
    "lon": ("longitude", "lon", "lng", "long", "x wgs84", "coord x wgs84", "x lon"),
    "point": ("coordonnees", "geo point 2d", "geo point", "coordonnees gps", "latlon", "geolocalisation", "point geo"),
    "x": ("x", "x l93", "x lambert", "x lambert93", "coord x", "coordonnee x", "x 2154", "lambert x"),
    "y": ("y", "y l93", "y lambert", "y lambert93", "coord y", "coordonnee y", "y 2154", "lambert y"),
    "typology": ("typologie", "typologies"),
    "kinds": ("kinds", "type", "types", "type de lieu", "type lieu", "categorie", "categories", "nature", "activite", "activites"),
    "phone": ("telephone", "tel", "numero de telephone", "phone", "tel fixe", "tel public"),
    "emails": ("courriels", "courriel", "email", "e mail", "mail", "emails", "adresse mail", "contact mail", "mel"),
    "websites": ("site web", "websites", "site internet", "site", "website", "web", "url", "lien", "page web"),
    "hours": ("horaires", "opening hours", "horaires d ouverture", "horaires ouverture", "horaires osm", "heures d ouverture"),
    "open_on_public_holidays": ("open on public holidays", "ouvert les jours feries"),
    "summary": ("presentation resume", "resume", "summary", "description courte", "accroche"),
    "description": ("presentation detail", "description", "presentation", "commentaire", "commentaires", "descriptif"),
    "source": ("source", "producteur"),
    "carrier_name": ("structure parente", "carrier", "porteur", "structure porteuse", "gestionnaire", "organisme", "exploitant"),
    "checked_on": ("date maj", "checked on", "date mise a jour", "mise a jour", "date de mise a jour", "maj", "derniere mise a jour"),
    "opened_on": ("opened on", "date ouverture", "date d ouverture", "ouverture", "ouvert depuis", "annee ouverture"),
    "services": ("services",),
    "publics_specifiquement_adresses": ("publics specifiquement adresses", "publics", "public", "publics accueillis"),
    "prise_en_charge_specifique": ("prise en charge specifique",),
    "frais_a_charge": ("frais a charge", "frais", "conditions d acces"),
    "dispositif_programmes_nationaux": ("dispositif programmes nationaux",),
    "formations_labels": ("formations labels",),
    "other_labels": ("autres formations labels", "labels", "label"),
    "modalites_acces": ("modalites acces",),
    "modalites_accompagnement": ("modalites accompagnement",),
    "itinerance": ("itinerance",),
    "acceslibre": ("fiche acces libre", "acceslibre", "fiche acceslibre"),
    "booking_url": ("prise rdv", "rdv", "reservation"),
}  # fmt: skip
_FIELD_OF = {heading: field for field, headings in HEADINGS.items() for heading in headings}


def understood(headings: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """field → heading of the file, and the headings that nothing here corresponds to.

    Two headings for one field: the one that comes first in ``HEADINGS`` is taken.
    """
    found: dict[str, str] = {}
    left: list[str] = []
    for heading in headings:
        folded = fold(heading)
        field = _FIELD_OF.get(folded)
        if field is None:
            left.append(heading)
        elif field not in found:
            found[field] = heading
        else:
            order = HEADINGS[field].index
            better = order(folded) < order(fold(found[field]))
            left.append(found[field] if better else heading)
            found[field] = heading if better else found[field]
    return found, left
