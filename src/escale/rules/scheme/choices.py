"""Built-in criteria of what an applicant chooses: type of project, themes, the earlier dossier that this one follows."""

from typing import Any

from escale.rules.scheme import who
from escale.rules.scheme.facts import Facts
from escale.rules.words import _


def choices(document: dict[str, Any], facts: Facts) -> list[dict[str, Any]]:
    """Built-in criteria ``project_type``, ``themes`` and ``follows``."""
    out = []
    if known := document.get("project_types"):
        chosen, labels = facts.value("project_type"), {one["code"]: one["label"] for one in known}
        if chosen is None:
            out.append(who.said("project_type", who.MISSING, _("Type de projet : à choisir, un seul.")))
        elif chosen not in labels:
            out.append(
                who.said("project_type", who.FAILED, _("Type de projet inconnu : {x}.").format(x=chosen), value=chosen)
            )
        else:
            message = _("Type de projet : {label}.").format(label=labels[chosen])
            out.append(who.said("project_type", who.MET, message, value=chosen))
    if document.get("themes"):
        out.append(_themes(document, facts))
    if document.get("follows", {}).get("required"):
        out.append(_follows(document["follows"]["schemes"], facts))
    return out


def _themes(document: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """Accepted themes only, neither too few nor too many."""
    known, chosen = document["themes"], facts.value("themes")
    least, most = document.get("themes_least", 1), document.get("themes_most")
    if not chosen:
        verdict = who.MISSING if least else who.NOT_APPLICABLE
        return who.said("themes", verdict, _("Thème : à choisir.") if least else _("Thème : aucun."), minimum=least)
    allowed = {one["code"] for one in known if one.get("eligible", True)}
    names = {one["code"]: one["label"] for one in known}
    text = _("Thèmes : {names}.").format(names=", ".join(names.get(one, one) for one in chosen))
    if outside := [names.get(one, one) for one in chosen if one not in allowed]:
        text += _(" Hors de l’appel : {names}.").format(names=", ".join(outside))
    ok = not outside and (most is None or len(chosen) <= most)
    verdict = who.FAILED if not ok else (who.MISSING if len(chosen) < least else who.MET)
    return who.said("themes", verdict, text, value=len(chosen), minimum=least, maximum=most)


def _follows(schemes: list[str], facts: Facts) -> dict[str, Any]:
    """A dossier of an earlier call is behind this one."""
    rows, names = facts.rows("earlier_dossiers"), ", ".join(schemes)
    if rows is None:
        return who.said("follows", who.MISSING, _("Dossier antérieur : à préciser ({names}).").format(names=names))
    found = [row for row in rows if row["scheme"] in schemes]
    numbers = ", ".join(str(row.get("number") or row["scheme"]) for row in found) or _("aucun")
    message = _("Dossier antérieur : {numbers} (attendu : un dossier de {names}).").format(numbers=numbers, names=names)
    return who.said("follows", who.MET if found else who.FAILED, message, value=len(found), minimum=1)
