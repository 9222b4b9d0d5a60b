"""Scenarios in sentences: the question, the answer, how sure it is, what it rests on, why not a commune."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.planner.models import Run, Scenario
from escale.capabilities.planner.queries.scenarios import WhyNot
from escale.ui import figures


def certainty(result: dict[str, Any]) -> str:
    """How sure the answer is, for someone who never heard of a bound."""
    if "bound" not in result:
        if result.get("places") == result.get("at_least"):
            return _("Prouvé : aucune réponse n’en demande moins.")
        return _("Aucune réponse ne peut en demander moins de {n}.").format(n=result.get("at_least", 0))
    more = result["bound"] - result["covered"]
    if more <= 0:
        return _("Prouvé : aucun autre choix n’atteint plus d’habitants.")
    sentence = _("Prouvé : aucun autre choix n’atteint plus de {more} habitants de plus ({gap} %).")
    gap = figures.number(100 * more / max(result["covered"], 1), 2)
    return sentence.format(more=figures.number(int(more)), gap=gap)


def goal(question: dict[str, Any]) -> str:
    """The question in one sentence."""
    minutes, places = question.get("minutes"), question.get("places")
    match question["goal"]:
        case "places":
            text = ngettext(
                "Le plus d’habitants à {minutes} min ou moins, avec {n} nouveau lieu.",
                "Le plus d’habitants à {minutes} min ou moins, avec {n} nouveaux lieux.",
                places or 0,
            )
            return text.format(minutes=minutes, n=places)
        case "budget":
            return _("Le plus d’habitants à {minutes} min ou moins, avec {budget} à {cost} par lieu.").format(
                minutes=minutes, budget=figures.euros(question["budget_cents"], short=True),
                cost=figures.euros(question["cost_cents"], short=True),
            )  # fmt: skip
        case "everyone":
            return _("Le moins de lieux possible pour que {share} % des habitants en aient un à {minutes} min.").format(
                share=figures.number(question["share"] * 100, 2), minutes=minutes
            )
        case "fading":
            return _(
                "{n} nouveaux lieux ; un trajet compte entièrement jusqu’à {full} min, plus du tout à {minutes} min."
            ).format(n=places, full=question["full"], minutes=minutes)
    return _("Les dossiers de « {call} » dans une enveloppe de {budget}.").format(
        call=question.get("call_title", question.get("call", "")),
        budget=figures.euros(question.get("budget_cents", 0), short=True),
    )


def why_not(answer: WhyNot, name: str, names: dict[str, str]) -> list[str]:
    """« Pourquoi pas ma commune ? » in sentences, the figures in each."""
    number = figures.number
    within = _("{n} habitants sont à portée de {name}.").format(n=number(answer.reach), name=name)
    parts = _("Parmi eux, {served} ont déjà un lieu ouvert et {taken} en auront un par ce plan.").format(
        served=number(answer.served), taken=number(answer.taken)
    )
    match answer.why:
        case "chosen":
            return [_("{name} est dans ce plan.").format(name=name)]
        case "forbidden":
            return [_("{name} a été exclue de ce scénario par son auteur.").format(name=name)]
        case "nothing_new":
            last = _("Un lieu de plus n’apporterait personne de nouveau dans ce plan.")
            return [within, parts, last]
        case "too_dear":
            return [within, _("Le coût de ce lieu dépasse ce que le budget laisse.")]
    new = _("Un lieu ici apporterait {n} habitants de plus à ce plan.").format(n=number(answer.new))
    lines = [within, parts, new]
    if answer.instead:
        other = names.get(answer.instead, answer.instead)
        lost = _("Pour l’ouvrir, il faudrait renoncer à {other} : {n} habitants de moins au total.")
        even = _("Il pourrait prendre la place de {other} sans rien perdre : le choix est égal.")
        lines.append((lost if answer.change < 0 else even).format(other=other, n=number(-answer.change)))
    if answer.loss > 0:
        sure = _("Tout plan avec {name} atteint au moins {n} habitants de moins que le meilleur possible.")
        lines.append(sure.format(name=name, n=number(answer.loss)))
    return lines


def answer(result: dict[str, Any]) -> str:
    """What the plan brings, in one sentence."""
    covered, already, total = result["covered"], result["already"], max(result["total"], 1)
    sentence = _(
        "{n} nouveaux lieux : {covered} habitants auraient un lieu proche, {percent} % du total ; ils sont "
        "{already} aujourd’hui."
    )
    return sentence.format(
        n=len(result.get("sites", [])), covered=figures.number(covered),
        percent=figures.number(int(1000 * covered / total) / 10, 1), already=figures.number(already),
    )  # fmt: skip


def assumptions(scenario: Scenario, run: Run) -> list[str]:
    """What the figures rest on, each in a sentence."""
    question = scenario.question
    counted = _("Calculé le {when}, sur {n} lieux comptés comme ouverts.").format(
        when=figures.day_hour(run.ended_at) if run.ended_at else "", n=run.result.get("existing", 0)
    )
    lines = [counted, *_travel(question), *_ground(question)]
    if question.get("floor_share"):
        lines.append(
            _("Chaque département garde au moins {share} % d’habitants avec un lieu proche.").format(
                share=figures.number(question["floor_share"] * 100, 1)
            )
        )
    return lines


def _travel(question: dict[str, Any]) -> list[str]:
    files = question.get("files") or {}
    if "pairs" in files:
        return [_("Temps de trajet : ceux du fichier donné.")]
    if "edges" in files:
        return [_("Temps de trajet : le plus court le long du réseau routier donné.")]
    barriers = (
        _("Obstacles et passages : ceux du fichier donné.")
        if "barriers" in files
        else _("La Seine en aval de Rouen ne se traverse que par ses ponts et ses bacs.")
    )
    estimated = _(
        "Temps de trajet en voiture estimé : 1,3 fois la distance à vol d’oiseau, à 25, 38 ou 52 km/h selon la "
        "densité. Sur un trajet, l’erreur peut atteindre un quart."
    )
    return [estimated, barriers]


def _ground(question: dict[str, Any]) -> list[str]:
    if "demand" in (question.get("files") or {}):
        return [_("Habitants et sites possibles : ceux des fichiers donnés.")]
    least = figures.number(question.get("least_people", 0))
    return [
        _("Les habitants d’une commune sont comptés en son centre (population municipale, Insee)."),
        _("Communes candidates : celles d’au moins {n} habitants.").format(n=least),
    ]
