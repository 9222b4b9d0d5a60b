"""A case typed on one page, or read from a file: never saved here."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from escale.capabilities.calls.schemes import wording
from escale.capabilities.calls.schemes.queries import cases
from escale.foundation.editions import posting, typed
from escale.foundation.editions.nodes import Node
from escale.foundation.editions.screens import Screen, kind_at
from escale.rules.money import cents_typed
from escale.rules.shape.kinds import ListOf, Record, resolved
from escale.rules.shape.problem import Problem
from escale.rules.wrong import Wrong


class KeepForm(forms.Form):
    """The name of a case and what it must give."""

    name = forms.CharField(
        label=gettext_lazy("Nom du cas"), max_length=120, help_text=gettext_lazy("Par exemple : Petite commune, 20 000 € de travaux."),
        error_messages={"required": gettext_lazy("Donnez un nom au cas pour le retrouver.")},
    )  # fmt: skip
    verdict = forms.ChoiceField(label=gettext_lazy("Réponse attendue"), choices=list(wording.OUTCOMES.items()))
    total = forms.CharField(
        label=gettext_lazy("Aide attendue"), required=False, max_length=30, widget=forms.TextInput(attrs={"data-kind": "amount"}),
        help_text=gettext_lazy("Vide : l’appel ne donne pas d’argent, ou le montant n’est pas connu."),
    )  # fmt: skip

    def clean_total(self) -> int | None:
        if not self.cleaned_data["total"]:
            return None
        try:
            return cents_typed(self.cleaned_data["total"])
        except Wrong as wrong:
            raise forms.ValidationError(wrong.message) from wrong


class CaseFileForm(forms.Form):
    """A case file, as the command reads it."""

    file = forms.FileField(label=gettext_lazy("Un fichier de cas"), help_text=gettext_lazy("YAML ou JSON, tel que « escale scheme try » le lit."),
                           error_messages={"required": gettext_lazy("Choisissez le fichier.")})  # fmt: skip

    def clean_file(self) -> dict[str, Any]:
        return posting.read_upload(self.cleaned_data["file"])


def gathered(record: Record, post: QueryDict, old: dict[str, Any]) -> dict[str, Any]:
    """The case typed on the page, rows added, moved or taken away as its buttons ask."""
    tree: dict[str, Any] = typed.Typing(post, cases.dialect()).value(record, "case", old) or {}
    verb, _space, place = post.get("do", "").partition(" ")
    steps = typed.steps_of(place)[1:]
    kind = kind_at(record, tree, steps) if steps else None
    if verb in ("remove", "up", "down") and kind is not None:
        typed.change(tree, f"{verb} {typed.place_of(steps)}")
    elif verb == "add" and kind is not None and isinstance(resolved(kind), ListOf):
        typed.change(tree, f"add {typed.place_of(steps)}")
    return tree


def shown(record: Record, tree: dict[str, Any], problems: list[Problem]) -> Node:
    """The controls of a case, its problems beside them, the rare ones folded."""
    found = [Problem(one.code, one.message, ["case", *one.steps]) for one in problems]
    screen = Screen({"case": tree}, found, cases.dialect())
    return screen.node(record, "case", record.label)
