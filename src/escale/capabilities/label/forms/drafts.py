"""What is posted by the screens of a referential, and what they show: the description of the file says it all."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from escale.capabilities.label.models import Referential
from escale.capabilities.label.queries import drafts
from escale.capabilities.label.queries.dialect import DIALECT
from escale.foundation.editions import posting, screens, typed
from escale.rules.label.format.referential import REFERENTIAL


class BeginForm(forms.Form):
    """A new referential: its address for ever, and what it starts from."""

    title = forms.CharField(label=gettext_lazy("Titre du label"), max_length=200)
    key = forms.RegexField(
        "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", label=gettext_lazy("Fin de son adresse"), max_length=60,
        help_text=gettext_lazy("Pour toujours : /label/tiers-lieux/. Lettres sans accent, chiffres et tirets."),
        error_messages={"invalid": gettext_lazy("Lettres sans accent, chiffres et tirets, par exemple tiers-lieux.")},
    )  # fmt: skip
    model = forms.ModelChoiceField(
        Referential.objects.none(), label=gettext_lazy("Repartir d’un référentiel"), required=False,
        empty_label=gettext_lazy("Partir d’une page blanche"),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("Ou reprendre un fichier"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["model"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Referential.objects.select_related("edition").order_by("title", "key")

    def clean_file(self) -> Any:
        """The tree of the file; its own problems are shown on the screens, unreadable text is refused here."""
        given = self.cleaned_data.get("file")
        return posting.read_upload(given) if given else None

    def tree(self) -> dict[str, Any]:
        """What the draft starts from."""
        given = self.cleaned_data
        start: dict[str, Any] = given["file"] or (drafts.drafted(given["model"]).tree if given["model"] else {})
        return start


def type_in(tree: dict[str, Any], place: str, post: QueryDict) -> None:
    """Puts into the tree what the page of ``place`` posted."""
    posting.type_in(REFERENTIAL, drafts.FIRST, DIALECT, tree, place, post)


def change(tree: dict[str, Any], do: str) -> Any:
    """Adds, moves or removes what ``do`` names when the description has such a place; gives what was removed."""
    return posting.change(REFERENTIAL, tree, do)


def after_doing(tree: dict[str, Any], path: str, place: str, do: str) -> str:
    """Where one goes next: to the row just added when it has a page, else back to the place touched."""
    return posting.after_doing(REFERENTIAL, drafts.ORDER, tree, path, place, do)


def screen_of(found: drafts.Drafted, place: str) -> dict[str, Any]:
    """What the page of ``place`` shows: its nodes, the folded ones, its title and help."""
    screen = screens.Screen(found.tree, found.problems, DIALECT)
    if not place:
        nodes, folded = screen.words(drafts.FIRST, "")
        return {"nodes": nodes, "folded": folded, "label": _("L’essentiel"), "advice": "", "whole": None}
    kind = screens.kind_at(REFERENTIAL, found.tree, typed.steps_of(place))
    assert kind is not None
    last = typed.steps_of(place)[-1]
    named = screens.named(typed.at(found.tree, typed.steps_of(place)))
    node = screen.node(kind, place, (drafts.label_of(place) if isinstance(last, str) else named) or _("Nouvelle ligne"))
    told = {"label": node.label, "advice": DIALECT.advice("referential", place)}
    if node.sort == "record":
        return {**told, "nodes": node.children, "folded": node.folded, "whole": node}
    return {**told, "nodes": [node], "folded": [], "whole": None}
