"""What a screen of a draft posts, put into its tree: the description of the format says what each place may hold."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from escale.foundation.editions import screens, typed
from escale.foundation.editions.dialect import Dialect
from escale.foundation.editions.naming import name_rows
from escale.foundation.questionnaires.marked import MOST_BYTES, read_bytes
from escale.rules.shape.kinds import Kind, ListOf, Record, resolved

MOST_PLACE = 300


def read_upload(given: Any) -> dict[str, Any]:
    """The tree of an uploaded YAML or JSON file. Raises ``ValidationError`` with the line."""
    if given.size > MOST_BYTES:
        raise forms.ValidationError(_("Ce fichier est trop gros (maximum 2 Mo)."))
    marked = read_bytes(given.read())
    if marked.problems:
        first = marked.problems[0]
        raise forms.ValidationError(_("Ligne {n} : {why}").format(n=first.line, why=first.message))
    if not isinstance(marked.tree, dict):
        raise forms.ValidationError(_("Ce fichier ne contient pas ce qui est attendu ici."))
    return marked.tree


def type_in(
    description: Record, first: Record, dialect: Dialect, tree: dict[str, Any], place: str, post: QueryDict
) -> None:
    """Puts into the tree what the page of ``place`` posted; an empty place is the first page, which asks ``first``."""
    typing = typed.Typing(post, dialect)
    if not place:
        for one in first.fields:
            typed.put(tree, [one.name], typing.value(one.kind, one.name, tree.get(one.name)))
        return
    steps = typed.steps_of(place)
    kind = screens.kind_at(description, tree, steps)
    assert kind is not None
    typed.put(tree, steps, typing.value(kind, place, typed.at(tree, steps)))
    name_rows(description, tree)


def change(description: Record, tree: dict[str, Any], do: str) -> Any:
    """Adds, moves or removes what ``do`` names when the description has such a place; gives what was removed."""
    verb, _space, place = do.partition(" ")
    steps = typed.steps_of(place)
    kind: Kind | None = screens.kind_at(description, tree, steps) if steps and len(place) < MOST_PLACE else None
    if kind is None or (verb == "add" and not isinstance(resolved(kind), ListOf)):
        return None
    return typed.change(tree, do)


def after_doing(description: Record, order: Sequence[str], tree: dict[str, Any], path: str, place: str, do: str) -> str:
    """Where one goes next: to the row just added when it has a page, to the part after this one in ``order``, else
    back to what was touched.
    """
    verb, _space, touched = do.partition(" ")
    steps = typed.steps_of(touched)
    anchor = "#at-" + touched.replace(".", "-") if verb in ("add", "show", "up", "down") and touched else ""
    if verb == "add" and isinstance(rows := typed.at(tree, steps), list):
        steps = [*steps, len(rows) - 1]
        page = screens.page_of(description, tree, steps)
        if page == typed.place_of(steps):
            place, anchor = page, ""
    head = place.split(".", 1)[0]
    if verb == "next" and head in order[:-1]:
        place = order[order.index(head) + 1]
    return f"{path}?{urlencode({'place': place})}{anchor}" if place else f"{path}{anchor}"
