"""Sending a file of places, then saying which of its columns is which field and which word is which kind."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from escale.capabilities.directory.models import Intake
from escale.foundation.questionnaires.reading import clean
from escale.rules.places import KINDS

#: Our fields in the order of the page, in words; those of the national standard alone keep their own heading.
FIELDS: dict[str, Any] = {
    "name": _l("Nom du lieu"), "commune": _l("Commune (nom)"), "insee": _l("Commune (code Insee)"), "postcode": _l("Code postal"),
    "address": _l("Adresse"), "complement": _l("Complément d’adresse"), "lat": _l("Latitude"), "lon": _l("Longitude"),
    "point": _l("Latitude et longitude en une colonne"), "x": _l("X (Lambert-93)"), "y": _l("Y (Lambert-93)"),
    "kinds": _l("Sorte de lieu"), "ref": _l("Identifiant dans ce fichier"), "pivot": _l("SIRET ou RNA"), "phone": _l("Téléphone"),
    "emails": _l("Courriels"), "websites": _l("Sites"), "hours": _l("Horaires (OpenStreetMap)"), "summary": _l("En une phrase"),
    "description": _l("Présentation"), "carrier_name": _l("Structure porteuse"), "opened_on": _l("Ouvert depuis"),
    "checked_on": _l("Vérifié le"), "former_commune": _l("Ancienne commune"), "other_labels": _l("Labels"),
    "services": _l("Services"), "publics_specifiquement_adresses": _l("Publics"), "frais_a_charge": _l("Frais"),
    "modalites_acces": _l("Modalités d’accès"), "modalites_accompagnement": _l("Accompagnement"), "source": _l("Source"),
}  # fmt: skip


class IntakeForm(forms.Form):
    """The file and who made it."""

    file = forms.FileField(
        label=_l("Fichier de lieux"), help_text=_l("CSV, classeur, JSON ou GeoJSON, quels que soient ses noms de colonnes. Rien n’est écrit avant votre accord."),
        error_messages={"required": _l("Choisissez un fichier."), "empty": _l("Ce fichier est vide : choisissez-en un autre.")},
    )  # fmt: skip
    source = forms.CharField(
        label=_l("Qui a fait ce fichier"), max_length=100, help_text=_l("Par exemple « Annuaire du Calvados ». Chaque valeur reprise garde cette source."),
        error_messages={"required": _l("Dites d’où vient ce fichier : chaque valeur reprise garde sa source.")},
    )  # fmt: skip


def controls(row: Intake) -> list[dict[str, Any]]:
    """One select a field: its heading in the file, or none."""
    headings = [("", _("aucune"))] + [(one, one or "–") for one in row.told.get("headings", ())]
    known = row.told.get("columns", {})
    return [
        {"name": f"column.{name}", "label": label, "value": known.get(name, ""), "options": headings}
        for name, label in FIELDS.items()
    ]


def words(row: Intake) -> list[dict[str, Any]]:
    """One select a word met in the column of kinds."""
    options = [("", _("aucune sorte"))] + [(code, _(label)) for code, label in KINDS.items()]
    label = _("« {word} » ({n} lignes)")
    return [
        {"name": f"word.{n}", "label": label.format(word=word, n=count), "value": code, "options": options}
        for n, (word, count, code) in enumerate(row.told.get("words", ()))
    ]


def matched(row: Intake, sent: QueryDict) -> dict[str, Any]:
    """What the page said: columns by field, kinds by word, the kind of lines that say none. What is not proposed
    there is left out.
    """
    headings = set(row.told.get("headings", ()))
    columns = {name: str(clean(sent.get(f"column.{name}", ""))) for name in FIELDS}
    kinds = {word: str(sent.get(f"word.{n}", code)) for n, (word, _count, code) in enumerate(row.told.get("words", ()))}
    kind = str(sent.get("kind", ""))
    return {
        "columns": {name: heading for name, heading in columns.items() if heading and heading in headings},
        "kinds": {word: code for word, code in kinds.items() if code in ("", *KINDS)},
        "kind": kind if kind in KINDS else "",
    }
