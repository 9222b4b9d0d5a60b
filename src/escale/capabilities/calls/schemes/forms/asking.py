"""The eligibility test and the simulator: which questions an edition needs, and a request read as a case."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.forms.control import Control, of_question
from escale.capabilities.calls.schemes.forms.rows import Rows
from escale.capabilities.calls.schemes.forms.tables import tables
from escale.capabilities.calls.schemes.queries import asked as asking
from escale.foundation.questionnaires.questions import Block, Kind, Option, Question
from escale.rules.legal import LEGAL_FORMS, SIZES
from escale.rules.scheme.trial import Edition

type Asked = Control | Rows


def controls(edition: Edition, *, money: bool) -> list[Asked]:
    """Only what the criteria need (and the money, for the simulator): two minutes, not a dossier."""
    document = edition.document
    named = asking.named(document)
    if "delegates" in document.get("who", {}):
        named |= {"owner.legal_form"}
    by_row = tables(document, named, money=money)
    if "partners" in by_row:  # the applicant is one of them: what is asked of each is asked of it
        counted = bool({"partners.population", "row.population"} & named)
        asked = {one.code for one in by_row["partners"].questions if counted or one.code != "population"}
        named |= {f"applicant.{code}" for code in asked}
    found: list[Asked] = [
        _ask("applicant.legal_form", Kind.CHOICE, _("Qui êtes-vous ?"), options=LEGAL_FORMS, required=True),
        _ask("applicant.commune", Kind.COMMUNE, _("Dans quelle commune ?"),
             _("Son nom, ou son code officiel (14118). Nous en tirons la population et les zones."), required=True),
    ]  # fmt: skip
    if types := document.get("project_types"):
        found.append(
            _ask("project_type", Kind.CHOICE, _("Quel type de projet ?"), options=_coded(types), required=True)
        )
    if themes := document.get("themes"):
        found.append(_ask("themes", Kind.CHOICES, _("Quels thèmes ?"), options=_coded(themes)))
    found += _about_the_applicant(named)
    if document.get("partners", {}).get("shares"):
        found.append(
            _ask(
                "you.share",
                Kind.SHARE,
                _("Quelle part de l’aide pour vous ?"),
                _("Seulement si vous avez des partenaires."),
            )
        )
    found += [by_row["partners"]] if "partners" in by_row else []
    found += [one for spec in edition.questions.values() for one in _of_form(spec, named)]
    if money and "aid" in document:
        found += _money(document, named, by_row)
    elif "earlier_aids" in by_row:
        found.append(by_row["earlier_aids"])
    return sorted(found, key=lambda one: isinstance(one, Rows))  # each table has its own title: they come last


def _ask(
    name: str, kind: Kind, label: str, help: str = "", *, options: dict[str, str] | None = None, unit: str = "",
    required: bool = False,
) -> Control:  # fmt: skip
    choices = tuple(Option(code, _(text)) for code, text in (options or {}).items())
    return of_question(Question(name, kind, label, help, options=choices, unit=unit), name, required=required)


def _coded(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {one["code"]: one["label"] for one in rows}


def _about_the_applicant(named: frozenset[str]) -> list[Control]:
    known = {
        "applicant.fte": _ask("applicant.fte", Kind.NUMBER, _("Combien d’équivalents temps plein ?")),
        "applicant.created_on": _ask("applicant.created_on", Kind.DATE, _("Date de création")),
        "applicant.size": _ask("applicant.size", Kind.CHOICE, _("Quelle taille d’entreprise ?"), options=SIZES),
        "applicant.population": _ask(
            "applicant.population", Kind.WHOLE, _("Combien d’habitants, si vous n’êtes pas une commune ?"),
            _("Nous connaissons la population des communes : laissez vide."),
        ),
        "owner.legal_form": _ask(
            "owner.legal_form", Kind.CHOICE, _("Pour quel propriétaire demandez-vous l’aide ?"),
            _("Seulement si vous agissez pour le compte d’un autre organisme."), options=LEGAL_FORMS,
        ),
        "place.hours_per_week": _ask(
            "facts.place.hours_per_week", Kind.NUMBER, _("Combien d’heures d’ouverture par semaine ?")
        ),
        "place.days_per_week": _ask(
            "facts.place.days_per_week", Kind.NUMBER, _("Combien de jours d’ouverture par semaine ?")
        ),
        "applicant.ess": _ask("applicant.ess", Kind.YES_NO, _("Entreprise de l’économie sociale et solidaire ?")),
        "place.opened_on": _ask("facts.place.opened_on", Kind.DATE, _("Depuis quand le lieu est-il ouvert ?")),
    }  # fmt: skip
    return [control for name, control in known.items() if name in named]


def _of_form(spec: dict[str, Any], named: frozenset[str]) -> list[Asked]:
    """A question of the form that a rule names, or its block: of a block, every question of a row."""
    name = f"answers.{spec['code']}"
    if name not in named and not any(one.startswith(f"{name}.") for one in named):
        return []
    found = asking.item(spec)
    if isinstance(found, Block):
        add = _("Ajouter : {label}").format(label=found.label)
        return [Rows(name, found.label, found.questions, found.label, add, found.help, found.least, found.most)]
    return [] if found.kind is Kind.STATEMENT else [of_question(found, name, required=False)]


def _money(document: dict[str, Any], named: frozenset[str], by_row: dict[str, Rows]) -> list[Asked]:
    vat = {"recovers": _("Oui"), "partly": _("En partie"), "not_recovered": _("Non")}
    found: list[Asked] = [
        _ask("applicant.vat", Kind.CHOICE, _("Récupérez-vous la TVA ?"), options=vat),
        _ask("applicant.vat_recovered", Kind.SHARE, _("Quelle part de la TVA récupérez-vous ?"),
             _("Seulement si vous en récupérez une partie : votre coefficient de déduction.")),
    ]  # fmt: skip
    found += [by_row["expenses"]] if "expenses" in by_row else _by_category(document)
    if "funding" in by_row:
        found.append(by_row["funding"])
    else:
        if "plan.own" in named:
            found.append(_ask("funding.own", Kind.AMOUNT, _("Ce que vous apportez vous-même")))
        found.append(_ask("funding.private", Kind.AMOUNT, _("Argent privé déjà trouvé")))
        found.append(_ask("funding.public", Kind.AMOUNT, _("Autres aides publiques demandées ou obtenues")))
    return [*found, *([by_row["earlier_aids"]] if "earlier_aids" in by_row else _earlier(document.get("limits", [])))]


def _by_category(document: dict[str, Any]) -> list[Asked]:
    """One sum by category, when no rule looks at each expense."""
    found: list[Asked] = []
    for one in document.get("expenses", []):
        computed = "flat_rate" in one or "flat_per_unit" in one
        if not computed and one.get("eligible", True):
            label = _("{label}, hors taxes").format(label=one["label"])
            found.append(_ask(f"ht.{one['code']}", Kind.AMOUNT, label))
            found.append(_ask(f"vat.{one['code']}", Kind.AMOUNT, _("{label} : TVA").format(label=one["label"])))
    return found


def _earlier(limits: list[dict[str, Any]]) -> list[Asked]:
    """What was received before, where a limit counts it: in all, or yes or no for the schemes that are named."""
    found: list[Asked] = []
    codes = {one["code"] for one in limits}
    if "de_minimis" in codes:
        years = max(int(one.get("years", 3)) for one in limits if one["code"] == "de_minimis")
        found.append(_ask(
            "earlier.de_minimis", Kind.AMOUNT, _("Aides de minimis déjà reçues, en tout"),
            _("Depuis {n} ans, par votre entreprise et celles qui lui sont liées. 0 si aucune.").format(n=years),
        ))  # fmt: skip
    if "cumulation" in codes and not any("together" in one for one in limits):
        label = _("Avez-vous déjà reçu une aide que cet appel exclut ?")
        found.append(_ask("earlier.cumulation", Kind.YES_NO, label, _named_schemes(limits)))
    return found


def _named_schemes(limits: list[dict[str, Any]]) -> str:
    names = [name for one in limits if one["code"] == "cumulation" for name in one.get("schemes", [])]
    return _("Dispositifs concernés : {names}.").format(names=", ".join(names)) if names else ""


def read(asked: list[Asked], given: QueryDict) -> tuple[dict[str, Any], bool]:
    """Puts what was typed in the controls and builds the case. False when something is to be mended."""
    case: dict[str, Any] = {"applicant": {}, "owner": {}, "answers": {}, "facts": {}, "expenses": [], "funding": []}
    for one in asked:
        one.fill(given)
        if isinstance(one, Rows):
            _put_rows(case, one)
        elif (value := one.read()) is not None:
            _put(case, one.name, value)
    case["expenses"] = [row for row in case["expenses"] if row.get("ht") != "0" or row.get("vat", "0") != "0"]
    right = not any(control.errors for one in asked for control in one.controls)
    # No aid received before is an answer by itself; no row of another table says nothing.
    return {name: value for name, value in case.items() if value or name == "earlier_aids"}, right


def _put_rows(case: dict[str, Any], block: Rows) -> None:
    head, _point, code = block.name.partition(".")
    rows = block.values()
    if head != "answers":
        case[head] = rows
    elif rows:
        case[head][code] = rows


def _put(case: dict[str, Any], name: str, value: Any) -> None:
    head, _point, rest = name.partition(".")
    if head in ("applicant", "owner", "answers", "facts"):
        case[head][rest] = value
    elif head in ("earlier", "you"):
        case.setdefault(head, {})[rest] = value
    elif head in ("ht", "vat"):
        row = next((one for one in case["expenses"] if one["category"] == rest), None)
        if row is None:
            row = {"category": rest, "ht": "0", "vat": "0"}
            case["expenses"].append(row)
        row[head] = value
    elif head == "funding":
        case["funding"].append({"source": rest, "amount": value, **({"state": "asked"} if rest == "public" else {})})
    else:
        case[name] = value


def with_applicant(document: dict[str, Any], case: dict[str, Any], who: dict[str, Any] | None = None) -> dict[str, Any]:
    """The case with the applicant first among its partners, once there are others. ``who``: what is known of the
    organisation that goes on with it; the public test knows the visitor as « Vous ».
    """
    case = dict(case)
    own, you = case.pop("you", {}), _("Vous")
    if not case.get("partners"):
        case.pop("partners", None)
        return case
    columns = {one.code for one in asking.partner_questions(document)}
    known = {"name": you, **case.get("applicant", {}), **(who or {})}
    first = {name: one for name, one in known.items() if name in columns} | own
    lead = {"lead": True} if document.get("partners", {}).get("lead") else {}
    others = [{**({"lead": False} if lead else {}), **row} for row in case["partners"]]
    out = {**case, "partners": [{**first, **lead}, *others]}
    if "expenses" in out:
        out["expenses"] = [
            {**row, "partner": first["name"]} if row.get("partner") == you else row for row in out["expenses"]
        ]
    return out


def onward(given: QueryDict) -> str:
    """What was typed, as it is carried to a dossier: what is empty is left out, buttons too."""
    kept = QueryDict(mutable=True)
    for name, several in given.lists():
        if name not in ("add", "row-act") and (said := [one for one in several if one.strip()]):
            kept.setlist(name, said)
    return kept.urlencode()
