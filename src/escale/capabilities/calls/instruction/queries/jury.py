"""Whom to ask to review: what each dossier lacks, who may be asked, the proposal with its reasons in words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion, conflict
from escale.capabilities.calls.dossiers.policy import SCORED
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.instruction.models import Expertise, Review
from escale.capabilities.calls.instruction.policy import ReviewState
from escale.capabilities.calls.instruction.queries import scoring
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations.models import Mandate
from escale.foundation.people.models import Person
from escale.foundation.territory.models import Commune
from escale.rules import reviewers
from escale.rules.reviewers import Candidate, Choice, Wanted


@dataclass(frozen=True)
class Slot:
    """One reviewer that a dossier lacks: who is proposed and why, and all who may be chosen instead."""

    dossier: Dossier
    rank: int
    proposed: int | None
    reasons: str
    options: list[tuple[int, str]]

    @property
    def name(self) -> str:
        """The name of the control."""
        return f"to.{self.dossier.number}.{self.rank}"


def candidates(at: datetime) -> list[Candidate]:
    """The reviewers of the Region by name, with what they have to do and what they know. Three queries."""
    people = Person.objects.filter(pk__in=Mandate.objects.holding(at).filter(kind="reviewer").values("person"))
    asked = Review.objects.filter(state=ReviewState.ASKED, dossier__state__in=SCORED).order_by()
    load = dict(asked.values("reviewer").annotate(n=Count("pk")).values_list("reviewer", "n"))
    knows: dict[tuple[int, str], set[str]] = {}
    for one in Expertise.objects.order_by("pk"):
        knows.setdefault((one.person_id, one.kind), set()).add(one.code)
    return [
        Candidate(
            one.pk, one.name, load.get(one.pk, 0), frozenset(knows.get((one.pk, "theme"), ())),
            frozenset(knows.get((one.pk, "departement"), ())),
        )
        for one in people.order_by("name", "pk")
    ]  # fmt: skip


def wanted(dossiers: Collection[Dossier], able: list[Candidate], at: datetime) -> list[Wanted]:
    """What each dossier lacks, and who may not be asked: an interest, or asked already."""
    keys, people = [one.pk for one in dossiers], {one.key for one in able}
    asked = list(Review.objects.filter(dossier__in=keys).values_list("dossier_id", "reviewer_id", "state"))
    tied = conflict.ties(keys, people | {who for _key, who, _state in asked}, at)
    barred = {(key, who) for key, who, state in asked if state != ReviewState.WITHDRAWN} | tied
    standing: dict[int, int] = {}
    for key, who, state in asked:
        if state in (ReviewState.ASKED, ReviewState.FINISHED) and (key, who) not in tied:
            standing[key] = standing.get(key, 0) + 1
    calls = scoring.calls_of(dossiers)
    themes = _themes(keys) if any(one.themes for one in able) else {}
    return [
        Wanted(
            one.pk, max(0, scoring.reviewers_wanted(calls[one.edition_id]) - standing.get(one.pk, 0)),
            themes.get(one.pk, ()), one.organisation.commune.departement,
            frozenset(who for key, who in barred if key == one.pk),
        )
        for one in dossiers
    ]  # fmt: skip


def lacking(call: Scheme, person: Person, at: datetime, most: int) -> list[Dossier]:
    """The first dossiers of the call to score that lack a reviewer, by number."""
    dossiers = Dossier.objects.handled_by(person, at).filter(scheme=call, state__in=SCORED)
    found = list(dossiers.select_related("organisation__commune", "edition").order_by("number"))
    short = {one.key for one in wanted(found, [], at) if one.n}
    return [one for one in found if one.pk in short][:most]


def proposal(dossiers: Collection[Dossier], at: datetime) -> list[Slot]:
    """One slot for each reviewer that these dossiers lack; loads grow along the list."""
    able = candidates(at)
    asked = {one.key: one for one in wanted(dossiers, able, at)}
    found = reviewers.propose(asked.values(), able)
    slots = []
    for dossier in dossiers:
        one, choices = asked[dossier.pk], found[dossier.pk]
        labels = _labels(dossier)
        options = [(choice.candidate.key, _option(choice, labels)) for choice in reviewers.ordered(one, able)]
        for rank in range(one.n):
            choice = choices[rank] if rank < len(choices) else None
            reasons = said(choice, labels) if choice else _("Personne d’autre ne peut évaluer ce dossier.")
            slots.append(Slot(dossier, rank + 1, choice.candidate.key if choice else None, reasons, options))
    return slots


def options_for(dossier: Dossier, at: datetime) -> list[tuple[int, str]]:
    """All who may be asked for one dossier, the best first, each with the reasons; the number it lacks is no limit."""
    able = candidates(at)
    (one,) = wanted([dossier], able, at)
    labels = _labels(dossier)
    return [(choice.candidate.key, _option(choice, labels)) for choice in reviewers.ordered(one, able)]


def said(choice: Choice, labels: dict[str, str]) -> str:
    """The reasons in words: « connaît le thème « Santé » ; connaît le département 14 ; 2 évaluations en cours »."""
    parts = []
    if choice.theme:
        parts.append(_("connaît le thème « {theme} »").format(theme=labels.get(choice.theme, choice.theme)))
    if choice.departement:
        parts.append(_("connaît le département {code}").format(code=choice.departement))
    sentence = ngettext("{n} évaluation en cours", "{n} évaluations en cours", choice.load)
    parts.append(sentence.format(n=choice.load) if choice.load else _("aucune évaluation en cours"))
    return " ; ".join(parts)


def _option(choice: Choice, labels: dict[str, str]) -> str:
    return f"{choice.candidate.name} ({said(choice, labels)})"


def _labels(dossier: Dossier) -> dict[str, str]:
    document = scoring.calls_of([dossier])[dossier.edition_id].document
    return {one["code"]: one["label"] for one in document.get("themes", [])}


def _themes(keys: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """By dossier: the themes of what was filed last."""
    last = DossierVersion.objects.filter(dossier=OuterRef("dossier")).order_by("-n").values("pk")[:1]
    rows = DossierVersion.objects.filter(dossier__in=list(keys), pk=Subquery(last)).order_by("pk")
    return {one.dossier_id: tuple(lists.filed_document(one)["case"].get("themes") or ()) for one in rows}


def themes_known(at: datetime) -> list[tuple[str, str]]:
    """The themes of the calls that are scored, code and label, once each."""
    found: dict[str, str] = {}
    for scheme in Scheme.objects.exclude(edition=None).select_related("edition").order_by("pk"):
        assert scheme.edition is not None
        document = call_of(scheme.edition).document
        if document.get("scoring"):
            for one in document.get("themes", []):
                found.setdefault(one["code"], one["label"])
    return sorted(found.items(), key=lambda pair: pair[1])


def departements() -> list[tuple[str, str]]:
    """The départements of the territory: number twice."""
    rows = Commune.objects.order_by("departement").values_list("departement", flat=True).distinct()
    return [(code, code) for code in rows]


def expertise_of(person: Person) -> dict[str, list[str]]:
    """What a reviewer says they know: ``theme`` and ``departement`` → codes."""
    found: dict[str, list[str]] = {kind: [] for kind in Expertise.KINDS}
    for one in Expertise.objects.filter(person=person).order_by("code"):
        found[one.kind].append(one.code)
    return found
