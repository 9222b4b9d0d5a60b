"""The eligibility test and the simulator: which questions an edition needs, and a request read as a case."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from escale.foundation.territory import queries as territory
from escale.foundation.territory.names import fold
from escale.rules.legal import LEGAL_FORMS, SIZES
from escale.rules.money import cents_typed, plain_euros
from escale.rules.scheme.document import fact_names
from escale.rules.scheme.trial import Edition
from escale.rules.shape.problem import Wrong


@dataclass
class Control:
    """One question of the test, ready for the field component."""

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    values: tuple[str, ...] = ()
    options: list[tuple[str, str]] = field(default_factory=list)
    help: str = ""
    unit: str = ""
    errors: list[str] = field(default_factory=list)
    required: bool = False
    url: str = ""

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


def controls(edition: Edition, *, money: bool) -> list[Control]:
    """Only what the criteria need (and the money, for the simulator): two minutes, not a dossier."""
    document = edition.document
    named = {name for _steps, name in fact_names(document, [])}
    if "delegates" in document.get("who", {}):
        named.add("owner.legal_form")
    found = [Control("applicant.legal_form", _("Qui êtes-vous ?"), "select", options=_forms(document), required=True)]
    found.append(
        Control(
            "applicant.commune", _("Dans quelle commune ?"), "commune", required=True, url="/communes/",
            help=_("Son nom, ou son code officiel (14118). Nous en tirons la population et les zones."),
        )
    )  # fmt: skip
    if types := document.get("project_types"):
        options = [(one["code"], one["label"]) for one in types]
        found.append(Control("project_type", _("Quel type de projet ?"), "radios", options=options, required=True))
    if themes := document.get("themes"):
        options = [(one["code"], one["label"]) for one in themes]
        found.append(Control("themes", _("Quels thèmes ?"), "checkboxes", options=options))
    found += _about_the_applicant(named)
    asked = [one for code, one in edition.questions.items() if f"answers.{code}" in named]
    # Rows take longer than two minutes: what depends on them stays to be said in the dossier.
    found += [_question(one) for one in asked if one["kind"] not in ("block", "statement")]
    if money and "aid" in document:
        found += _money(document, named)
    return found


def _forms(document: dict[str, Any]) -> list[tuple[str, str]]:
    """All legal forms: who may not apply must learn it, not be left out of the list."""
    return [("", _("Choisissez")), *((form, _(label)) for form, label in LEGAL_FORMS.items())]


def _about_the_applicant(named: set[str]) -> list[Control]:
    known = {
        "applicant.fte": Control("applicant.fte", _("Combien d’équivalents temps plein ?"), "number"),
        "applicant.created_on": Control("applicant.created_on", _("Date de création"), "date"),
        "applicant.size": Control("applicant.size", _("Quelle taille d’entreprise ?"), "select", options=_sizes()),
        "applicant.population": Control(
            "applicant.population", _("Combien d’habitants, si vous n’êtes pas une commune ?"), "number",
            help=_("Nous connaissons la population des communes : laissez vide."),
        ),
        "owner.legal_form": Control(
            "owner.legal_form", _("Pour quel propriétaire demandez-vous l’aide ?"), "select",
            options=_forms({}), help=_("Seulement si vous agissez pour le compte d’un autre organisme."),
        ),
        "place.hours_per_week": Control("facts.place.hours_per_week", _("Combien d’heures d’ouverture par semaine ?"), "number"),
        "place.days_per_week": Control("facts.place.days_per_week", _("Combien de jours d’ouverture par semaine ?"), "number"),
        "applicant.ess": Control("applicant.ess", _("Entreprise de l’économie sociale et solidaire ?"), "radios",
                                 options=_yes_no()),
        "place.opened_on": Control("facts.place.opened_on", _("Depuis quand le lieu est-il ouvert ?"), "date"),
        "partners.population": Control(
            "partners.population", _("Population des autres communes partenaires, en tout"), "number",
            help=_("Laissez vide si vous êtes seuls."),
        ),
    }  # fmt: skip
    return [control for name, control in known.items() if name in named]


def _sizes() -> list[tuple[str, str]]:
    return [("", _("Choisissez")), *((size, _(label)) for size, label in SIZES.items())]


def _question(one: dict[str, Any]) -> Control:
    kinds = {"yes_no": "radios", "choice": "radios", "choices": "checkboxes", "long_text": "textarea",
             "number": "number", "amount": "amount", "date": "date", "email": "email", "commitment": "radios",
             "commune": "commune"}  # fmt: skip
    options = [(option["code"], option["label"]) for option in one.get("options", [])]
    if one["kind"] in ("yes_no", "commitment"):
        options = _yes_no()
    return Control(
        f"answers.{one['code']}", one["label"], kinds.get(one["kind"], "text"), options=options,
        help=one.get("help", ""), unit=one.get("unit", ""), url="/communes/" if one["kind"] == "commune" else "",
    )  # fmt: skip


def _yes_no() -> list[tuple[str, str]]:
    return [("yes", _("Oui")), ("no", _("Non"))]


def _money(document: dict[str, Any], named: set[str]) -> list[Control]:
    vat = [("recovers", _("Oui")), ("partly", _("En partie")), ("not_recovered", _("Non"))]
    found = [
        Control("applicant.vat", _("Récupérez-vous la TVA ?"), "radios", options=vat),
        Control("applicant.vat_recovered", _("Quelle part de la TVA récupérez-vous ?"), "number", unit="%",
                help=_("Seulement si vous en récupérez une partie : votre coefficient de déduction.")),
    ]  # fmt: skip
    for one in document.get("expenses", []):
        computed = "flat_rate" in one or "flat_per_unit" in one
        if not computed and one.get("eligible", True):
            found.append(Control(f"ht.{one['code']}", _("{label}, hors taxes").format(label=one["label"]), "amount"))
            found.append(Control(f"vat.{one['code']}", _("{label} : TVA").format(label=one["label"]), "amount"))
    if "plan.own" in named:
        found.append(Control("funding.own", _("Ce que vous apportez vous-même"), "amount"))
    found.append(Control("funding.private", _("Argent privé déjà trouvé"), "amount"))
    found.append(Control("funding.public", _("Autres aides publiques demandées ou obtenues"), "amount"))
    found += _earlier(document.get("limits", []))
    return found


def _earlier(limits: list[dict[str, Any]]) -> list[Control]:
    """What was received before, where a limit counts it: in all, or yes or no for the schemes that are named."""
    found, codes = [], {one["code"] for one in limits}
    if "de_minimis" in codes:
        years = max(int(one.get("years", 3)) for one in limits if one["code"] == "de_minimis")
        found.append(Control(
            "earlier.de_minimis", _("Aides de minimis déjà reçues, en tout"), "amount",
            help=_("Depuis {n} ans, par votre entreprise et celles qui lui sont liées. 0 si aucune.").format(n=years),
        ))  # fmt: skip
    if "cumulation" in codes and not any("together" in one for one in limits):
        found.append(Control("earlier.cumulation", _("Avez-vous déjà reçu une aide que cet appel exclut ?"), "radios",
                             options=_yes_no(), help=_named_schemes(limits)))  # fmt: skip
    return found


def _named_schemes(limits: list[dict[str, Any]]) -> str:
    names = [name for one in limits if one["code"] == "cumulation" for name in one.get("schemes", [])]
    return _("Dispositifs concernés : {names}.").format(names=", ".join(names)) if names else ""


def read(asked: list[Control], given: QueryDict) -> tuple[dict[str, Any], bool]:
    """Puts what was typed in the controls and builds the case. False when something is to be mended."""
    case: dict[str, Any] = {"applicant": {}, "owner": {}, "answers": {}, "facts": {}, "expenses": [], "funding": []}
    for control in asked:
        control.values = tuple(given.getlist(control.name))
        control.value = given.get(control.name, "").strip()
        if not control.value and not any(control.values):
            if control.required:
                control.errors.append(_("Répondez à cette question pour continuer."))
            continue
        try:
            _put(case, control)
        except Wrong as wrong:
            control.errors.append(wrong.message)
    expenses = case["expenses"]
    case["expenses"] = [one for one in expenses if one["ht"] != "0" or one["vat"] != "0"]
    return {name: value for name, value in case.items() if value}, not any(one.errors for one in asked)


def _put(case: dict[str, Any], control: Control) -> None:
    head, _point, rest = control.name.partition(".")
    value: Any = list(control.values) if control.kind == "checkboxes" else control.value
    if control.kind == "commune":
        value = _commune(control)
    elif control.kind == "amount":
        value = plain_euros(cents_typed(control.value))
    elif control.kind == "number":
        value = control.value.replace(",", ".").replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    if control.name == "applicant.vat_recovered":
        case[head][rest] = f"{value} %"
    elif head in ("applicant", "owner", "answers", "facts"):
        case[head][rest] = value
    elif head == "earlier":
        case.setdefault("earlier", {})[rest] = value
    elif head in ("ht", "vat"):
        row = next((one for one in case["expenses"] if one["category"] == rest), None)
        if row is None:
            row = {"category": rest, "ht": "0", "vat": "0"}
            case["expenses"].append(row)
        row[head] = value
    elif head == "funding":
        case["funding"].append({"source": rest, "amount": value, **({"state": "asked"} if rest == "public" else {})})
    elif control.name == "partners.population":
        case["partners_population"] = value
    else:
        case[control.name] = value


def _commune(control: Control) -> str:
    """The code of a commune typed by name or code; several answers are asked back."""
    code = control.value.removesuffix(")").rpartition("(")[2].strip().upper()
    text = code if len(code) == 5 and code[2:].isdigit() else control.value
    found = territory.find(text, 8)
    exact = [one for one in found if text == one.code] or [one for one in found if one.folded == fold(text)]
    if len(exact) == 1:
        return exact[0].code
    control.options = [(one.code, f"{one.name} ({one.code})") for one in (exact or found)]
    if not found:
        raise Wrong("unknown_commune", _("Nous ne connaissons pas cette commune. Essayez son code officiel."))
    names = ", ".join(f"{one.name} ({one.code})" for one in (exact or found)[:5])
    raise Wrong("several_communes", _("Plusieurs communes répondent : {names}. Écrivez le code.").format(names=names))


def alone_or_with(case: dict[str, Any]) -> dict[str, Any]:
    """The applicant and the others, as partners, when the population of others was given."""
    people = case.pop("partners_population", None)
    if people is None:
        return case
    applicant = case.get("applicant", {})
    first = {"name": _("Vous"), **{name: applicant[name] for name in ("legal_form", "commune") if name in applicant}}
    others = {"name": _("Autres communes"), **first, "population": people} | {"name": _("Autres communes")}
    return {**case, "partners": [first, others]}
