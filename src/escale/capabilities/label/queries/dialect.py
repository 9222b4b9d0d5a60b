"""The words of a referential on screens: advice, proposals for open words, what one begins with."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from escale.foundation.editions.dialect import Dialect, Options
from escale.foundation.territory.models import Zone
from escale.rules.label.place import FACTS
from escale.rules.places import EQUIPMENT, KINDS, MEASURES, NEEDS, PUBLICS, ROLES, SERVICES, SPACES
from escale.rules.scheme.format.conditions import FACT
from escale.rules.shape.problem import Step
from escale.rules.shape.scalar import Ref

_ADVICE: dict[str, Any] = {
    "referential.families": _("Des parties qui rangent les critères : ouverture, services, matériel…"),
    "referential.criteria": _("Ce qu’un lieu doit remplir, un par ligne. Ce que sa fiche dit n’est jamais redemandé."),
    "referential.levels": _("Du plus bas au plus haut. Vide : le label n’a qu’un niveau."),
    "referential.types": _("Quand un même label vaut pour plusieurs sortes de lieux."),
    "referential.charter": _("Signée sur l’honneur par le lieu, avec sa version."),
    "referential.renewal": _("Quand le renouvellement se demande, avant la fin du label."),
    "referential.visits": _("Combien de lieux visiter chaque année, et quand pour la première fois."),
    "referential.holder": _("Qui peut demander le label, et où."),
    "criterion.check": _("Qui peut répondre : la fiche du lieu, un engagement, un document, la personne qui visite."),
    "criterion.exceptions": _("Des jours où ce critère n’est pas exigé, avec la raison."),
    "criterion.mandatory": _("Non : il donne seulement des points."),
}
_RARE = frozenset(
    [
        "criterion.grades",
        "criterion.types",
        "criterion.when",
        "criterion.exceptions",
        "criterion.source",
        "criterion.help",
        "criterion.to_do",
        "family.met_at_least",
        "family.points_at_least",
        "family.score_at_least",
        "family.weight",
        "level.requires",
        "level.met_at_least",
        "holder.without_legal_forms",
        "type.points_at_least",
        "referential.points_at_least",
        "referential.score_at_least",
    ]
)
COMPARISONS = (
    "is", "is_not", "in", "not_in", "at_least", "at_most", "more_than", "less_than", "includes_any", "includes_all",
    "includes_none", "known", "same_as",
)  # fmt: skip
_FAMILIES = {"family": "families", "type": "types", "criterion": "criteria", "level": "levels"}
_CODES: dict[str, dict[str, Any]] = {
    "equipment": EQUIPMENT, "measures": {code: row[0] for code, row in MEASURES.items()}, "access": NEEDS,
    "services": SERVICES, "publics": PUBLICS, "spaces": SPACES, "staff": ROLES,
}  # fmt: skip
_ADDING = {
    "criterion": _("Ajouter un critère"), "family": _("Ajouter une famille"), "level": _("Ajouter un niveau"),
    "type": _("Ajouter un type"), "exception": _("Ajouter une exception"), "grade": _("Ajouter un palier"),
}  # fmt: skip


def advice(record: str, word: str) -> str:
    """The sentence beside a word."""
    return str(_ADVICE.get(f"{record}.{word}", ""))


def rare(record: str, word: str) -> bool:
    """Whether the word is folded away until it holds something."""
    return f"{record}.{word}" in _RARE


def suggest(kind: Any, steps: list[Step], tree: Any) -> list[tuple[str, Options]]:
    """The words that an open scalar may take."""
    if kind is FACT:
        return _facts()
    if isinstance(kind, Ref):
        rows = tree.get(_FAMILIES.get(kind.to, ""), []) if isinstance(tree, dict) else []
        known = [one for one in rows if isinstance(one, dict) and one.get("code")] if isinstance(rows, list) else []
        return [("", [(str(one["code"]), str(one.get("label") or one.get("title") or one["code"])) for one in known])]
    if steps[-1:] == ["kinds"]:
        return [("", [(code, str(label)) for code, label in KINDS.items()])]
    return (
        [("", list(Zone.objects.values_list("key", "name")))]
        if steps and steps[-1] in ("zones", "without_zones")
        else []
    )


def _facts() -> list[tuple[str, Options]]:
    whole = [(name, str(label)) for name, label in FACTS.items()]
    heads = {
        "equipment": _("Équipement"), "measures": _("Mesures"), "access": _("Accessibilité"), "services": _("Services"),
        "publics": _("Publics"), "spaces": _("Espaces"), "staff": _("Personnes qui accueillent"),
    }  # fmt: skip
    told = [(str(_("Le lieu")), whole)]
    for head, codes in _CODES.items():
        told.append((str(heads[head]), [(f"{head}.{code}", str(label)) for code, label in codes.items()]))
    return told


DIALECT = Dialect(
    advice=advice,
    rare=rare,
    comparisons=COMPARISONS,
    usual={"condition": "fact"},
    adding=_ADDING,
    suggest=suggest,
    open=(FACT,),
)
