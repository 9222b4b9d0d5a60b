"""What is posted by the screens of a draft, and what they show: the description of the file says it all."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from escale.capabilities.calls.schemes import queries
from escale.capabilities.calls.schemes.models import Scheme
from escale.capabilities.calls.schemes.queries import parts
from escale.capabilities.calls.schemes.queries.dialect import DIALECT
from escale.foundation.editions import posting, screens, typed
from escale.foundation.organisations.models import Service
from escale.rules.scheme.format.whole import SCHEME
from escale.rules.shape.problem import Problem

_KEY = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"


class BeginForm(forms.Form):
    """A new scheme: its address for ever, its service, and what it starts from."""

    title = forms.CharField(label=gettext_lazy("Titre de l’appel"), max_length=200)
    key = forms.RegexField(
        f"^{_KEY}$", label=gettext_lazy("Fin de son adresse"), max_length=60,
        help_text=gettext_lazy("Pour toujours : /appels/fabrique-2026/. Lettres sans accent, chiffres et tirets."),
        error_messages={"invalid": gettext_lazy("Lettres sans accent, chiffres et tirets, par exemple fabrique-2026.")},
    )  # fmt: skip
    service = forms.ModelChoiceField(Service.objects.none(), label=gettext_lazy("Service"), empty_label=None)
    model = forms.ModelChoiceField(
        Scheme.objects.none(), label=gettext_lazy("Repartir d’un appel existant"), required=False,
        empty_label=gettext_lazy("Partir d’une page blanche"),
        help_text=gettext_lazy("Tout est repris : formulaire, règles, textes. Vous ne changez que ce qui change."),
    )  # fmt: skip
    shift = forms.BooleanField(
        label=gettext_lazy("Reporter toutes les dates d’un an"), required=False,
        help_text=gettext_lazy("Pour l’appel de cette année fait sur celui de l’an dernier."),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("Ou reprendre un fichier d’appel"), required=False)

    def __init__(self, *args: Any, services: Any, models: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("service", services), ("model", models)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def clean_file(self) -> Any:
        """The tree of the file; its own problems are shown on the screens, unreadable text is refused here."""
        given = self.cleaned_data.get("file")
        return posting.read_upload(given) if given else None

    def tree(self) -> dict[str, Any]:
        """What the draft starts from."""
        given = self.cleaned_data
        start = given["file"] or (queries.draft_of(given["model"])[0] if given["model"] else {})
        start = queries.years_later(start, 1) if given["shift"] else start
        return {**start, "title": given["title"]}


def type_in(tree: dict[str, Any], place: str, post: QueryDict) -> None:
    """Puts into the tree what the page of ``place`` posted."""
    posting.type_in(SCHEME, parts.FIRST, DIALECT, tree, place, post)


def change(tree: dict[str, Any], do: str) -> Any:
    """Adds, moves or removes what ``do`` names when the description has such a place; gives what was removed."""
    return posting.change(SCHEME, tree, do)


def after_doing(tree: dict[str, Any], path: str, place: str, do: str) -> str:
    """Where the officer goes next: to the row just added when it has a page, else back to the place touched."""
    return posting.after_doing(SCHEME, parts.ORDER, tree, path, place, do)


def screen_of(tree: dict[str, Any], problems: list[Problem], place: str) -> dict[str, Any]:
    """What the page of ``place`` shows: its nodes, the folded ones, its own help, its problems."""
    screen = screens.Screen(tree, problems, DIALECT)
    if not place:
        nodes, folded = screen.words(parts.FIRST, "")
        return {"nodes": nodes, "folded": folded, "label": _("L’essentiel"), "advice": "", "whole": None}
    kind = screens.kind_at(SCHEME, tree, typed.steps_of(place))
    assert kind is not None
    last = typed.steps_of(place)[-1]
    label = parts.label_of(place) if isinstance(last, str) else screens.named(typed.at(tree, typed.steps_of(place)))
    node = screen.node(kind, place, label or _("Nouvelle ligne"))
    advice = _(DIALECT.advice("scheme", place)) if DIALECT.advice("scheme", place) else ""
    if node.sort == "record":
        return {"nodes": node.children, "folded": node.folded, "label": node.label, "advice": advice, "whole": node}
    return {"nodes": [node], "folded": [], "label": node.label, "advice": advice, "whole": None}
