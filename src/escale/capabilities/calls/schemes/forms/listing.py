"""What the public list is asked: words, choices, a commune or a département typed by name or code."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.queries import Filters
from escale.foundation.territory import queries as territory
from escale.foundation.territory.names import fold
from escale.rules.regions import DEPARTEMENT_NAMES

WORDS = ("phase", "fund", "kind", "audience", "theme")


@dataclass(frozen=True)
class Asked:
    """The filters read from an address; ``wrong``: why a territory was not understood, with what to type instead."""

    filters: Filters
    territory: str = ""
    wrong: str = ""


def read(given: QueryDict, known: Mapping[str, frozenset[str]]) -> Asked:
    """Reads the address of the list. A choice that does not exist asks nothing."""
    chosen = {word: value for word in WORDS if (value := _plain(given.get(word, ""))) in known.get(word, {value})}
    typed = _plain(given.get("territory", "") or given.get("departement", ""))
    filters = Filters(text=_plain(given.get("q", "")), **chosen)
    if not typed:
        return Asked(filters)
    asked = fold(typed)
    departement = next((code for code, name in DEPARTEMENT_NAMES.items() if asked in (code.lower(), fold(name))), "")
    if departement:
        return Asked(replace(filters, departement=departement), DEPARTEMENT_NAMES[departement])
    code = typed.removesuffix(")").rpartition("(")[2].strip()
    found = territory.find(code if len(code) == 5 and code[2:].isdigit() else typed, 8)
    exact = [one for one in found if asked == one.folded or code.upper() == one.code]
    if len(exact) == 1 or (len(found) == 1 and not exact):
        one = (exact or found)[0]
        return Asked(replace(filters, commune=one.code), f"{one.name} ({one.code})")
    if not found:
        return Asked(
            filters, typed, _("Nous ne connaissons pas ce lieu : essayez le nom d’une commune ou d’un département.")
        )
    names = ", ".join(f"{one.name} ({one.code})" for one in (exact or found)[:5])
    return Asked(filters, typed, _("Plusieurs communes répondent : {names}. Écrivez le code.").format(names=names))


def _plain(text: str) -> str:
    return text.replace("\x00", "")[:100].strip()
