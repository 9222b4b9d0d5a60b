"""Legal forms that schemes tell apart, and the numbers that identify an organisation in France."""

import re

#: code → French label, in the order of a list. Codes are what scheme files and cases write.
LEGAL_FORMS: dict[str, str] = {
    "commune": "Commune",
    "cc": "Communauté de communes",
    "ca": "Communauté d’agglomération",
    "cu": "Communauté urbaine",
    "metropole": "Métropole",
    "petr": "Pôle d’équilibre territorial et rural",
    "syndicat_mixte": "Syndicat mixte",
    "syndicat_intercommunal": "Syndicat intercommunal",
    "departement": "Département",
    "region": "Région",
    "ccas": "Centre communal ou intercommunal d’action sociale",
    "public_establishment": "Établissement public",
    "school": "Établissement d’enseignement",
    "university": "Université ou école supérieure",
    "hospital": "Établissement de santé",
    "consular_body": "Chambre consulaire",
    "state": "Service de l’État",
    "gip": "Groupement d’intérêt public",
    "gie": "Groupement d’intérêt économique",
    "sem": "Société d’économie mixte",
    "spl": "Société publique locale",
    "association": "Association",
    "foundation": "Fondation ou fonds de dotation",
    "cooperative": "Coopérative (SCIC, SCOP)",
    "mutual": "Mutuelle",
    "company": "Société",
    "individual": "Entreprise individuelle",
    "gcs": "Groupement de coopération sanitaire ou sociale",
    "sisa": "Société interprofessionnelle de soins (maison de santé)",
    "social_landlord": "Organisme de logement social",
    "informal_group": "Groupe sans personnalité juridique",
    "person": "Particulier",
}

#: families that a scheme may name in place of their members.
FAMILIES: dict[str, tuple[str, ...]] = {
    "epci": ("cc", "ca", "cu", "metropole"),
    "local_authority": (
        "commune", "cc", "ca", "cu", "metropole", "petr", "syndicat_mixte", "syndicat_intercommunal",
        "departement", "region",
    ),
    "public_body": (
        "commune", "cc", "ca", "cu", "metropole", "petr", "syndicat_mixte", "syndicat_intercommunal",
        "departement", "region", "ccas", "public_establishment", "school", "university", "hospital",
        "consular_body", "state", "gip",
    ),
    "non_profit": ("association", "foundation", "mutual"),
    "business": ("company", "individual", "cooperative", "sem", "spl", "gie"),
}  # fmt: skip

FAMILY_LABELS: dict[str, str] = {
    "epci": "Intercommunalités (toutes)",
    "local_authority": "Collectivités et groupements (tous)",
    "public_body": "Organismes publics (tous)",
    "non_profit": "Associations, fondations, mutuelles",
    "business": "Entreprises (toutes)",
}

SIZES: dict[str, str] = {
    "micro": "Très petite (moins de 10 salariés)",
    "small": "Petite (moins de 50 salariés)",
    "medium": "Moyenne (moins de 250 salariés)",
    "large": "Grande",
}

#: All establishments of La Poste share one SIREN and a key of their own.
LA_POSTE = "356000000"


def bare_number(text: str) -> str:
    """A number as typed, without its spaces, points and dashes, in capitals."""
    return re.sub(r"[\s. -]+", "", text).upper()


def siret_is_right(siret: str) -> bool:
    """Whether fourteen digits pass INSEE's key (Luhn; for La Poste, a sum divisible by five)."""
    if not re.fullmatch(r"[0-9]{14}", siret):
        return False
    if siret.startswith(LA_POSTE) and siret != f"{LA_POSTE}00048":
        return sum(map(int, siret)) % 5 == 0
    return _luhn(siret) and _luhn(siret[:9])


def siren_is_right(siren: str) -> bool:
    """Whether nine digits pass INSEE's key (Luhn)."""
    return re.fullmatch(r"[0-9]{9}", siren) is not None and _luhn(siren)


def rna_is_right(rna: str) -> bool:
    """Whether it has the shape of a number of the national directory of associations (W and 9 characters)."""
    return re.fullmatch(r"W[0-9A-Z]{3}[0-9]{6}", rna) is not None


def iban_is_right(iban: str) -> bool:
    """Whether an IBAN passes its key (ISO 13616: modulo 97 is 1)."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", iban):
        return False
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if n % 2 else 1) for n, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
