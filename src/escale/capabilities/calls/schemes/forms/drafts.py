"""What is posted by the screens of a draft, and what they show: the description of the file says it all."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from escale.capabilities.calls.schemes import queries
from escale.capabilities.calls.schemes.models import Scheme
from escale.capabilities.calls.schemes.wording import FACTS
from escale.foundation.editions import screens, typed
from escale.foundation.editions.vocabulary import simple
from escale.foundation.organisations.models import Service
from escale.foundation.questionnaires.marked import MOST_BYTES, read_bytes
from escale.rules.scheme.document import ROWS
from escale.rules.scheme.format.conditions import FACT
from escale.rules.scheme.format.whole import SCHEME
from escale.rules.shape.kinds import Record
from escale.rules.shape.problem import Problem
from escale.rules.shape.reading import Reading
from escale.rules.shape.scalar import Ref

#: What the service cannot change on a screen: the format, the address, who owns it.
FIXED = ("schema", "key", "service")
FIRST = Record("first", SCHEME.label, tuple(
    one for one in SCHEME.fields if simple(one.kind) and one.name not in FIXED
))  # fmt: skip
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
        if not given:
            return None
        if given.size > MOST_BYTES:
            raise forms.ValidationError(_("Ce fichier est trop gros pour un appel (maximum 2 Mo)."))
        marked = read_bytes(given.read())
        if marked.problems:
            first = marked.problems[0]
            raise forms.ValidationError(_("Ligne {n} : {why}").format(n=first.line, why=first.message))
        if not isinstance(marked.tree, dict):
            raise forms.ValidationError(_("Ce fichier ne décrit pas un appel."))
        return marked.tree

    def tree(self) -> dict[str, Any]:
        """What the draft starts from."""
        given = self.cleaned_data
        start = given["file"] or (queries.draft_of(given["model"])[0] if given["model"] else {})
        return {**start, "title": given["title"]}


def type_in(tree: dict[str, Any], place: str, post: QueryDict) -> None:
    """Puts into the tree what the page of ``place`` posted."""
    if not place:
        for one in FIRST.fields:
            typed.put(tree, [one.name], typed.gather(one.kind, one.name, post, tree.get(one.name)))
        return
    steps = typed.steps_of(place)
    kind = screens.kind_at(SCHEME, tree, steps)
    assert kind is not None
    typed.put(tree, steps, typed.gather(kind, place, post, typed.at(tree, steps)))


def after_doing(tree: dict[str, Any], path: str, place: str, do: str) -> str:
    """Where the officer goes next: to the row just added when it has a page, else back to the place touched."""
    verb, _space, touched = do.partition(" ")
    steps = typed.steps_of(touched)
    if verb == "add":
        rows = typed.at(tree, steps) or []
        steps = [*steps, len(rows) - 1]
        page = screens.page_of(SCHEME, tree, steps)
        if page == ".".join(map(str, steps)):
            place = page
    anchor = "#at-" + touched.replace(".", "-") if verb == "add" and touched else ""
    return f"{path}?{urlencode({'place': place})}{anchor}" if place else f"{path}{anchor}"


def screen_of(tree: dict[str, Any], problems: list[Problem], place: str) -> dict[str, Any]:
    """What the page of ``place`` shows: its nodes, the sections, the problems with their addresses."""
    screen = screens.Screen(tree, problems, partial(_proposed, tree))
    if place:
        kind = screens.kind_at(SCHEME, tree, typed.steps_of(place))
        assert kind is not None
        label = screens.named(typed.at(tree, typed.steps_of(place))) or _label(place)
        node = screen.node(kind, place, label)
        nodes = node.children if node.sort == "record" else [node]
    else:
        label = ""
        nodes = screen.node(FIRST, "", SCHEME.label).children
    sections = [
        (screen.node(one.kind, one.name, _(one.label)), one.name in tree)
        for one in SCHEME.fields
        if not simple(one.kind)
    ]
    return {"nodes": nodes, "sections": sections, "errors": _addressed(tree, problems), "label": label,
            "above": _above(tree, place)}  # fmt: skip


def _addressed(tree: dict[str, Any], problems: list[Problem]) -> list[tuple[str, str]]:
    """Each problem with the page and the field where it is mended."""
    found = []
    for problem in problems:
        page = screens.page_of(SCHEME, tree, problem.steps)
        anchor = "#at-" + "-".join(map(str, problem.steps))
        where = " › ".join(part for part in (_label(page), screens.named(typed.at(tree, typed.steps_of(page)))) if part)
        said = f"{where} : {problem.message}" if where else problem.message
        found.append((f"?{urlencode({'place': page})}{anchor}", said))
    return found


def _above(tree: dict[str, Any], place: str) -> str:
    return screens.page_of(SCHEME, tree, typed.steps_of(place)[:-1]) if place else ""


def _label(place: str) -> str:
    field = SCHEME.get(place.split(".", 1)[0])
    return _(field.label) if field else ""


def _proposed(tree: dict[str, Any], kind: Any) -> list[tuple[str, str]]:
    """The words that an open scalar may take in this draft: codes it defines, facts one can ask."""
    if isinstance(kind, Ref):
        reading = Reading()
        reading.read(SCHEME, tree, [])
        return [(code, code) for code in sorted(reading.defined.get(kind.to, set()))]
    return _facts(tree) if kind is FACT else []


def _facts(tree: dict[str, Any]) -> list[tuple[str, str]]:
    """Facts by their French name: the known ones, the answers of the form, the columns of rows."""
    found = [(name, str(label)) for name, label in FACTS.items()]
    sections = [one for one in tree.get("form") or [] if isinstance(one, dict)]
    for question in [one for section in sections for one in section.get("questions") or [] if isinstance(one, dict)]:
        name, label = f"answers.{question.get('code', '')}", str(question.get("label", ""))
        found.append((name, _("Réponse : {label}").format(label=label)))
        for column in [one for one in question.get("questions") or [] if isinstance(one, dict)]:
            said = _("Réponse : {label}, colonne {column}")
            column_label = said.format(label=label, column=column.get("label", ""))
            found.append((f"{name}.{column.get('code', '')}", column_label))
    found += [(f"row.{name}", _("De la ligne : {name}").format(name=name)) for name in sorted(ROWS)]
    for one in [one for one in tree.get("expenses") or [] if isinstance(one, dict)]:
        label = _("Dépenses retenues : {label}").format(label=one.get("label", ""))
        found.append((f"plan.spending_{one.get('code', '')}", label))
    return found
