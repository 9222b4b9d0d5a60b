"""Sending a file of places, then saying which of its columns is which field and which word is which kind."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from escale.capabilities.directory.models import Intake
from escale.foundation.questionnaires.reading import clean
from escale.rules.places import KINDS

#: Our fields in the order of the page, in words; those of the national standard alone keep their own heading.
FIELDS: dict[str, Any] = {
    "name": _("Nom du lieu"), "commune": _("Commune (nom)"), "insee": _("Commune (code Insee)"), "postcode": _("Code postal"),
    "address": _("Adresse"), "complement": _("Complément d’adresse"), "lat": _("Latitude"), "lon": _("Longitude"),
    "point": _("Latitude et longitude en une colonne"), "x": _("X (Lambert-93)"), "y": _("Y (Lambert-93)"),
    "kinds": _("Sorte de lieu"), "ref": _("Identifiant dans ce fichier"), "pivot": _("SIRET ou RNA"), "phone": _("Téléphone"),
    "emails": _("Courriels"), "websites": _("Sites"), "hours": _("Horaires (OpenStreetMap)"), "summary": _("En une phrase"),
    "description": _("Présentation"), "carrier_name": _("Structure porteuse"), "opened_on": _("Ouvert depuis"),
    "checked_on": _("Vérifié le"), "former_commune": _("Ancienne commune"), "other_labels": _("Labels"),
    "services": _("Services"), "publics_specifiquement_adresses": _("Publics"), "frais_a_charge": _("Frais"),
    "modalites_acces": _("Modalités d’accès"), "modalites_accompagnement": _("Accompagnement"), "source": _("Source"),
}  # fmt: skip


class IntakeForm(forms.Form):
    """The file and who made it."""

    file = forms.FileField(
        label=_("Fichier de lieux"), help_text=_("CSV, classeur, JSON ou GeoJSON, quels que soient ses noms de colonnes. Rien n’est écrit avant votre accord."),
        error_messages={"required": _("Choisissez un fichier."), "empty": _("Ce fichier est vide : choisissez-en un autre.")},
    )  # fmt: skip
    source = forms.CharField(
        label=_("Qui a fait ce fichier"), max_length=100, help_text=_("Par exemple « Annuaire du Calvados ». Chaque valeur reprise garde cette source."),
        error_messages={"required": _("Dites d’où vient ce fichier : chaque valeur reprise garde sa source.")},
    )  # fmt: skip


def controls(row: Intake) -> list[dict[str, Any]]:
    """One select a field: its heading in the file, or none."""
    headings = [("", _now("aucune"))] + [(one, one or "–") for one in row.told.get("headings", ())]
    known = row.told.get("columns", {})
    return [
        {"name": f"column.{name}", "label": label, "value": known.get(name, ""), "options": headings}
        for name, label in FIELDS.items()
    ]


def words(row: Intake) -> list[dict[str, Any]]:
    """One select a word met in the column of kinds."""
    options = [("", _now("aucune sorte"))] + [(code, _now(label)) for code, label in KINDS.items()]
    return [
        {
            "name": f"word.{n}",
            "label": ngettext("« {word} » ({n} ligne)", "« {word} » ({n} lignes)", count).format(word=word, n=count),
            "value": code,
            "options": options,
        }
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
