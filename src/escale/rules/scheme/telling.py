"""Conditions and measures in French, as an officer would say them: for screens and differences, never for verdicts."""

from collections.abc import Mapping
from typing import Any

from escale.rules.legal import LEGAL_FORMS
from escale.rules.scheme.facts import LABELS
from escale.rules.words import _

type Names = Mapping[str, str]

_COMPARED = {
    "is": "est {x}",
    "is_not": "n’est pas {x}",
    "in": "est parmi : {x}",
    "not_in": "n’est pas parmi : {x}",
    "at_least": "est d’au moins {x}",
    "at_most": "est d’au plus {x}",
    "more_than": "est de plus de {x}",
    "less_than": "est de moins de {x}",
    "includes_any": "contient l’un de : {x}",
    "includes_all": "contient tous : {x}",
    "includes_none": "ne contient aucun de : {x}",
}
_OVER = {
    "sum": "la somme de {x}",
    "least": "la plus petite valeur de {x}",
    "greatest": "la plus grande valeur de {x}",
    "mean": "la moyenne de {x}",
    "distinct": "le nombre de valeurs différentes de {x}",
    "count": "le nombre de lignes de {x}",
    "count_among": "le nombre de choix cochés dans {x}",
    "mail_domain": "le domaine de l’adresse {x}",
    "fact": "{x}",
}
_LASTS = {
    "lasts_at_least": "au moins {x}",
    "lasts_at_most": "au plus {x}",
    "lasts_more_than": "plus de {x}",
    "lasts_less_than": "moins de {x}",
}
_FAMILIES = {
    "epci": "intercommunalités",
    "local_authority": "collectivités et groupements",
    "public_body": "organismes publics",
    "non_profit": "associations, fondations, mutuelles",
    "business": "entreprises",
}
_UNITS = {"day": "jour", "days": "jours", "month": "mois", "months": "mois", "year": "an", "years": "ans"}


def condition(spec: Any, names: Names) -> str:
    """A condition of a draft, right or not, as the end of a sentence that begins with « si »."""
    if not isinstance(spec, dict) or not spec:
        return _("condition à écrire")
    for word, joined in (("all", _(" et ")), ("any", _(" ou "))):
        if word in spec:
            return _joined(spec[word], joined, names)
    if "not" in spec:
        return _("il est faux que {x}").format(x=condition(spec["not"], names))
    if "at_least_of" in spec:
        said = " ; ".join(condition(one, names) for one in _rows(spec.get("of")))
        return _("au moins {n} parmi : {x}").format(n=spec["at_least_of"], x=said)
    if "always" in spec:
        return _("toujours") if str(spec["always"]) in ("True", "yes", "true") else _("jamais")
    if "from" in spec:
        return _lasting(spec, names)
    if "located" in spec:
        where = spec.get("within") or {}
        said = where.get("label") or ", ".join(str(one) for rows in where.values() for one in _rows(rows)) or "…"
        return _("{x} se trouve dans : {y}").format(x=fact(spec["located"], names), y=said)
    return f"{measure(spec, names)} {_compared(spec, names)}".strip()


def measure(spec: Any, names: Names) -> str:
    """A measure of a draft in words."""
    if not isinstance(spec, dict) or not spec:
        return _("grandeur à choisir")
    for word, sentence in _OVER.items():
        if word in spec:
            said = _(sentence).format(x=fact(spec[word], names))
            where = f" ({_('lignes où {x}').format(x=condition(spec['where'], names))})" if spec.get("where") else ""
            return said + where
    for word, sign in (("total", " + "), ("product", " × ")):
        if word in spec:
            return sign.join(measure(one, names) for one in _rows(spec[word]))
    if "ratio" in spec:
        said = _("la part de {x} dans {y}, en pour cent")
        return said.format(x=measure(spec["ratio"], names), y=measure(spec.get("to"), names))
    if "difference" in spec:
        return _("{x} moins {y}").format(x=measure(spec["difference"], names), y=measure(spec.get("minus"), names))
    return _computed(spec, names)


def _computed(spec: dict[str, Any], names: Names) -> str:
    if "quotient" in spec:
        said = _("{x} divisé par {y}")
        return said.format(x=measure(spec["quotient"], names), y=measure(spec.get("by"), names))
    for word, sentence in (("lowest_of", "la plus petite de : {x}"), ("highest_of", "la plus grande de : {x}")):
        if word in spec:
            return _(sentence).format(x=", ".join(measure(one, names) for one in _rows(spec[word])))
    if "rounded" in spec:
        return _("{x}, arrondi").format(x=measure(spec["rounded"], names))
    if "cases" in spec:
        said = _("{x} si {y}")
        rows = [one for one in _rows(spec["cases"]) if isinstance(one, dict)]
        told = [said.format(x=measure(one.get("give"), names), y=condition(one.get("when"), names)) for one in rows]
        return " ; ".join([*told, _("sinon {x}").format(x=measure(spec.get("otherwise") or {"number": 0}, names))])
    if "elapsed" in spec:
        said = _("le temps écoulé de {x} à {y}")
        return said.format(x=fact(spec["elapsed"], names), y=fact(spec.get("until"), names))
    return str(spec.get("number", _("grandeur à choisir")))


def fact(name: Any, names: Names) -> str:
    """A fact by its French name."""
    text = str(name or "")
    found = names.get(text) or LABELS.get(text)
    return _(found) if found else (text or _("fait à choisir"))


def value(text: Any, names: Names) -> str:
    """A value that a comparison expects: an option's label, a legal form, yes or no, else as it is written."""
    if isinstance(text, bool):
        return _("oui") if text else _("non")
    bare = str(text)
    known = {"yes": "oui", "no": "non", **_FAMILIES, **LEGAL_FORMS}.get(bare)
    return names.get(f"={bare}") or (_(known) if known else bare)


def _joined(rows: Any, joined: str, names: Names) -> str:
    said = []
    for one in _rows(rows):
        text = condition(one, names)
        nested = isinstance(one, dict) and ("all" in one or "any" in one)
        said.append(f"({text})" if nested else text)
    return joined.join(said) or _("condition à écrire")


def _lasting(spec: dict[str, Any], names: Names) -> str:
    said = _("de {x} à {y}").format(x=fact(spec["from"], names), y=fact(spec.get("to"), names))
    for word, sentence in _LASTS.items():
        if spec.get(word):
            count, _space, unit = str(spec[word]).partition(" ")
            said += f", {_(sentence).format(x=f'{count} {_(_UNITS.get(unit, unit))}')}"
    return said


def _compared(spec: dict[str, Any], names: Names) -> str:
    said = []
    for word, sentence in _COMPARED.items():
        if word in spec:
            wanted = spec[word] if isinstance(spec[word], list) else [spec[word]]
            shown = ", ".join(value(one, names) for one in wanted if one not in ("", None)) or "…"
            unit = f" {spec['unit']}" if spec.get("unit") and word not in ("is", "is_not", "in", "not_in") else ""
            said.append(_(sentence).format(x=shown + unit))
    if "known" in spec:
        said.append(_("est renseigné") if str(spec["known"]) in ("True", "yes", "true") else _("n’est pas renseigné"))
    if "same_as" in spec:
        said.append(_("est égal à {x}").format(x=measure(spec["same_as"], names)))
    return _(" et ").join(said)


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


__all__ = ["condition", "fact", "measure", "value"]
