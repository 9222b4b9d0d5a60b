"""The words of a scheme on screens: advice, proposals for open words, conditions in French."""

from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.wording import ADDING, FACT_GROUPS, FACTS, ROW_FACTS
from escale.foundation.editions.dialect import Dialect, Options
from escale.foundation.editions.saying import in_euros
from escale.foundation.territory.models import Commune, Zone
from escale.rules.legal import FAMILIES, LEGAL_FORMS, SIZES
from escale.rules.regions import DEPARTEMENT_NAMES
from escale.rules.scheme import telling
from escale.rules.scheme.advice import advice
from escale.rules.scheme.document import FACTS as KNOWN
from escale.rules.scheme.document import ROWS
from escale.rules.scheme.facts import LABELS
from escale.rules.scheme.format.conditions import FACT, VALUE
from escale.rules.scheme.format.words import DEPARTEMENT
from escale.rules.scheme.rarity import apart, decides, rare
from escale.rules.shape.problem import Step
from escale.rules.shape.scalar import Ref

COMPARISONS = (
    "is", "is_not", "in", "not_in", "at_least", "at_most", "more_than", "less_than", "includes_any", "includes_all",
    "includes_none", "known", "same_as",
)  # fmt: skip
_FAMILY = {"category": "expenses", "project_type": "project_types", "theme": "themes", "wave": "calendar.waves",
           "funder": "aid.funders", "group": "aid.groups", "piece": "pieces", "criterion": "criteria",
           "component": "aid.components", "envelope": "envelopes", "mark": "scoring.marks"}  # fmt: skip


def rows(tree: Any, *words: str) -> list[dict[str, Any]]:
    """The maps of a list of the draft, whatever else stands there."""
    for word in words:
        tree = tree.get(word) if isinstance(tree, dict) else None
    return [one for one in tree if isinstance(one, dict)] if isinstance(tree, list) else []


def questions(tree: Any) -> list[dict[str, Any]]:
    """The questions of a draft's form, in order."""
    return [one for section in rows(tree, "form") for one in rows(section, "questions")]


def names(tree: Any) -> dict[str, str]:
    """Facts and options of a draft by their French name; an option is written ``=code``."""
    found = {name: str(label) for name, label in (FACTS | ROW_FACTS).items()}
    for name in (*sorted(KNOWN), *(f"row.{column}" for column in sorted(ROWS))):
        found.setdefault(name, _(LABELS.get(name, name)))
    for word in ("project_types", "themes", "expenses", "pieces"):
        found |= {f"={one.get('code')}": str(one.get("label", "")) for one in rows(tree, word)}
    for question in questions(tree):
        label = str(question.get("label", ""))
        found[f"answers.{question.get('code')}"] = _("« {label} »").format(label=label)
        found |= {f"={one.get('code')}": str(one.get("label", "")) for one in rows(question, "options")}
        for column in rows(question, "questions"):
            said = _("« {label} » : {column}").format(label=label, column=column.get("label", ""))
            found[f"answers.{question.get('code')}.{column.get('code')}"] = said
            found[f"row.{column.get('code')}"] = str(column.get("label", ""))
    for one in rows(tree, "expenses"):
        found[f"plan.spending_{one.get('code')}"] = _("Dépenses : {label}").format(label=one.get("label", ""))
    return found


def _facts(tree: Any, steps: list[Step]) -> list[tuple[str, Options]]:
    """The facts that a condition may compare, in groups; those of a row only inside a row."""
    known = names(tree)
    groups: list[tuple[str, Options]] = []
    for prefix, label in FACT_GROUPS:
        found = [(name, text) for name, text in known.items() if not name.startswith("=") and _under(name, prefix)]
        if found and (prefix != "row." or "where" in steps or "partners" in steps or _each_partner(tree, steps)):
            groups.append((str(label), found))
    return groups


def _each_partner(tree: Any, steps: list[Step]) -> bool:
    """Whether the place is in a component that is computed for each partner."""
    found = rows(tree, "aid", "components")
    inside = steps[:2] == ["aid", "components"] and isinstance(steps[2], int) and steps[2] < len(found)
    return inside and str(found[int(steps[2])].get("each_partner")) in ("yes", "True", "true")


def _under(name: str, prefix: str) -> bool:
    return name.startswith(prefix) if prefix.endswith((".", "_")) else name in prefix.split()


def _values(tree: Any, steps: list[Step]) -> list[tuple[str, Options]]:
    """The words that the compared fact may take."""
    holder: Any = tree
    for step in steps[:-1]:
        holder = holder[step] if isinstance(holder, list) and isinstance(step, int) else (
            holder.get(step) if isinstance(holder, dict) else None)  # fmt: skip
    fact = str(next((holder[word] for word in ("fact", "count_among", "distinct") if holder.get(word)), "")
               if isinstance(holder, dict) else "")  # fmt: skip
    options = _words(tree, fact)
    return [("", options)] if options else []


def _words(tree: Any, fact: str) -> Options:
    known = {"project_type": "project_types", "themes": "themes", "pieces": "pieces", "row.category": "expenses"}
    if fact in known:
        return [(str(one.get("code", "")), str(one.get("label", ""))) for one in rows(tree, known[fact])]
    if fact.endswith("legal_form"):
        families = [(word, telling.value(word, {}).capitalize()) for word in FAMILIES]
        return [*families, *((form, _(label)) for form, label in LEGAL_FORMS.items())]
    if fact.endswith("zones"):
        return _zones()
    if fact.endswith("departement"):
        return _departements()
    if fact == "applicant.size":
        return [(size, _(label)) for size, label in SIZES.items()]
    if fact == "applicant.vat":
        return [
            ("recovers", _("récupère la TVA")),
            ("partly", _("en récupère une partie")),
            ("not_recovered", _("ne la récupère pas")),
        ]
    yes_no = [("yes", _("Oui")), ("no", _("Non"))]
    if fact in ("applicant.ess", "row.lead", "row.confirmed"):
        return yes_no
    question = next((one for one in questions(tree) if fact == f"answers.{one.get('code')}"), {})
    if question.get("kind") in ("yes_no", "commitment"):
        return yes_no
    return [(str(one.get("code", "")), str(one.get("label", ""))) for one in rows(question, "options")]


def _departements() -> Options:
    """Those of the territory that was loaded."""
    found = Commune.objects.order_by("departement").values_list("departement", flat=True).distinct()
    return [(code, f"{code} {DEPARTEMENT_NAMES.get(code, '')}".strip()) for code in found]


def _zones() -> Options:
    return list(Zone.objects.values_list("key", "name"))


def suggest(kind: Any, steps: list[Step], tree: Any) -> list[tuple[str, Options]]:
    """The words that an open scalar may take in this draft."""
    if kind is FACT:
        return _facts(tree, steps)
    if kind is VALUE:
        return _values(tree, steps)
    if isinstance(kind, Ref):
        return [("", _defined(tree, kind.to))]
    if kind is DEPARTEMENT or steps[-1:] == ["departements"]:
        return [("", _departements())]
    return [("", _zones())] if steps and steps[-1] in ("zones", "without_zones") else []


def _defined(tree: Any, family: str) -> Options:
    """The codes that the draft defines, by their label."""
    found = questions(tree) if family == "question" else rows(tree, *_FAMILY[family].split("."))
    return [(str(one["code"]), str(one.get("label") or one["code"])) for one in found if one.get("code")]


def _tell_condition(value: Any, tree: Any) -> str:
    return telling.condition(value, names(tree))


def _tell_measure(value: Any, tree: Any) -> str:
    return telling.measure(value, names(tree))


def _tell_rate(value: Any, tree: Any) -> str:
    said = [str(value.get("rate", "")) or _("taux à écrire")]
    if value.get("cap"):
        said.append(_("plafond {x}").format(x=in_euros(value["cap"])))
    if value.get("when"):
        said.append(_("si {x}").format(x=_tell_condition(value["when"], tree)))
    return ", ".join(said)


DIALECT = Dialect(
    advice=advice, rare=rare, comparisons=COMPARISONS, usual={"condition": "fact", "measure": "fact"},
    adding=ADDING, suggest=suggest, open=(FACT,), apart=apart, decides=decides,
    tell={"condition": _tell_condition, "measure": _tell_measure, "rate_row": _tell_rate},
)  # fmt: skip

__all__ = ["COMPARISONS", "DIALECT", "names", "questions", "rows"]
