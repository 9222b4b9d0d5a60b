"""Who may apply: legal forms and perimeter of the applicant and of each partner, and the consortium's rules."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from escale.rules.figures import plain, shown_rate
from escale.rules.legal import FAMILIES, LEGAL_FORMS
from escale.rules.scheme import conditions, measures
from escale.rules.scheme.case import Row
from escale.rules.scheme.facts import Facts
from escale.rules.scheme.perimeter import in_perimeter, perimeter_words
from escale.rules.words import _

type Criterion = dict[str, Any]
type Judge = Callable[[Facts], Criterion]

MET, FAILED, MISSING, TO_EXAMINE, NOT_APPLICABLE = "met", "failed", "missing", "to_examine", "not_applicable"


def said(code: str, verdict: str, message: str, **figures: Any) -> Criterion:
    """One line of the answer."""
    shape = {"value": None, "minimum": None, "maximum": None, "unit": None}
    return {"code": code, "verdict": verdict, "message": message, "figures": {**shape, **figures}}


def criterion(spec: dict[str, Any]) -> Judge:
    """The function of one canonical criterion."""
    when = conditions.truth(spec["when"]) if "when" in spec else None
    code, title = spec["code"], spec["title"]
    rule = conditions.compiled(_titled(spec["rule"], title)) if "rule" in spec else None
    if_not, if_unknown = spec.get("if_not", FAILED), spec.get("if_unknown", MISSING)
    source = f" ({spec['source']})" if spec.get("source") else ""

    def judge(facts: Facts) -> Criterion:
        concerned = True if when is None else when(facts)
        if concerned is False:
            return said(code, NOT_APPLICABLE, _("{title} : sans objet ici.").format(title=title))
        if concerned is None:
            return said(code, if_unknown, _("{title} : à préciser.").format(title=title))
        if rule is None:
            return said(
                code, TO_EXAMINE, _("{title} : apprécié par le service instructeur.").format(title=title) + source
            )
        seen = rule(facts)
        verdict = MET if seen.truth else (if_unknown if seen.truth is None else if_not)
        message = seen.message or title
        if verdict != MET and spec.get("message"):
            message = f"{message}. {spec['message']}" if seen.truth is False else message
        return said(code, verdict, message + source, **seen.figures)

    return judge


def _titled(rule: dict[str, Any], title: str) -> dict[str, Any]:
    """A duration, or what is computed from several facts, goes by the title of its criterion; a fact has its own name."""
    if "label" in rule or not ("from" in rule or any(mark in rule for mark in measures.COMPUTED)):
        return rule
    return {**rule, "label": title}


def form_allowed(form: str | None, allowed: list[str] | None, refused: list[str] | None) -> bool | None:
    """Whether a legal form is among the allowed ones and not among the refused; None when unknown."""
    if not allowed and not refused:
        return True
    if form is None:
        return None
    if allowed and not any(measures.same(form, one) for one in allowed):
        return False
    return not any(measures.same(form, one) for one in refused or [])


def forms_in_words(forms: list[str]) -> str:
    """Legal forms and families in French, once each."""
    names = [name for form in forms for name in (FAMILIES.get(form) or (form,))]
    return ", ".join(_(LEGAL_FORMS[name]) for name in dict.fromkeys(names))


def applicant_lines(who: dict[str, Any], facts: Facts) -> list[Criterion]:
    """The built-in criteria ``legal_form`` and ``perimeter`` of the applicant."""
    lines = []
    allowed, refused = who.get("legal_forms"), who.get("without_legal_forms")
    delegate = is_delegate(who, facts)
    if allowed or refused:
        form = facts.value("applicant.legal_form")
        ok = True if delegate else form_allowed(form, allowed, refused)
        name = _(LEGAL_FORMS.get(str(form), str(form))) if form else _("à préciser")
        message = _("Forme juridique : {name}.").format(name=name)
        if not ok:
            message = _("Forme juridique : {name} ({reason}).").format(
                name=name, reason=_forms_reason(allowed, refused, who.get("label"))
            )
        lines.append(said("legal_form", _verdict(ok), message, value=form))
    if who.get("perimeter"):
        row = {name: facts.value(f"applicant.{name}") for name in ("commune", "departement")}
        row["epci"] = facts.value("territory.epci")
        ok = in_perimeter(who["perimeter"], row, facts.value("territory.zones"))
        message = _("Territoire : {what}").format(what=perimeter_words(who["perimeter"], ok, row.get("commune")))
        lines.append(said("perimeter", _verdict(ok), message, value=row.get("commune")))
    if delegate:
        lines.append(_delegation(who, facts))
    return lines


def is_delegate(who: dict[str, Any], facts: Facts) -> bool:
    """Whether the applicant is of a form that applies for a public owner."""
    form, spec = facts.value("applicant.legal_form"), who.get("delegates")
    return bool(spec and form is not None and form_allowed(form, spec["legal_forms"], None))


def _delegation(who: dict[str, Any], facts: Facts) -> Criterion:
    """A delegate acts for an owner who could have applied; without its name, the deed says it."""
    spec, form, name = who["delegates"], facts.value("owner.legal_form"), facts.value("owner.name")
    allowed = spec.get("owner_legal_forms") or who.get("legal_forms")
    if form is None:
        proved = spec.get("deed") in facts.case.pieces and not spec.get("owner_legal_forms")
        message = (
            _("Propriétaire représenté : à préciser.") if not name else _("Forme juridique de {name} : à préciser.")
        )
        if proved:
            message = _("Délégation d’un propriétaire public : selon l’acte joint.")
        return said("delegation", MET if proved else MISSING, message.format(name=name))
    ok = form_allowed(form, allowed, spec["legal_forms"])
    message = _("Pour le compte de {name} ({form}).").format(
        name=name or _("un propriétaire"), form=_(LEGAL_FORMS.get(form, form))
    )
    if not ok:
        message += " " + _("Peuvent déléguer : {forms}.").format(forms=forms_in_words(allowed or []))
    return said("delegation", _verdict(ok), message, value=form)


def deed_of(document: dict[str, Any], facts: Facts) -> str | None:
    """The piece by which a delegate proves the delegation; None for others."""
    who = document.get("who", {})
    return who["delegates"].get("deed") if is_delegate(who, facts) else None


def beneficiary(document: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """Who receives and publishes the aid (the applicant, delegate or not), and whom the agreement names."""
    name = facts.value("applicant.name")
    owner = facts.value("owner.name") if is_delegate(document.get("who", {}), facts) else None
    return {"name": name, "owner": owner, "agreement_names": [one for one in (name, owner) if one is not None]}


def _forms_reason(allowed: list[str] | None, refused: list[str] | None, label: str | None) -> str:
    """Who may apply: in the words of the call when it has some."""
    expected = _("peuvent déposer : {forms}").format(forms=label or forms_in_words(allowed)) if allowed else ""
    barred = _("sauf : {forms}").format(forms=forms_in_words(refused)) if refused else ""
    return ", ".join(part for part in (expected, barred) if part)


def _verdict(ok: bool | None) -> str:
    return MISSING if ok is None else (MET if ok else FAILED)


def partner_lines(
    spec: dict[str, Any], judges: list[Judge], facts: Facts, rows: tuple[Row, ...]
) -> list[dict[str, Any]]:
    """Each partner: verdict, whether it is counted in the sums, the reason."""
    leaves = spec.get("if_failed", "leaves_sums") == "leaves_sums"
    lines = []
    for row in rows:
        checks = _partner_checks(spec, judges, facts, row)
        truths = {ok for ok, _message in checks}
        verdict = FAILED if False in truths else (MISSING if None in truths else MET)
        wanted = {FAILED: False, MISSING: None}.get(verdict, True)
        message = " ; ".join(text for ok, text in checks if ok is wanted)
        lines.append(
            {
                "name": row.get("name", ""),
                "verdict": verdict,
                "counted": not (verdict == FAILED and leaves),
                "message": _("Partenaire recevable.") if verdict == MET else message,
            }
        )
    return lines


def _partner_checks(spec: dict[str, Any], judges: list[Judge], facts: Facts, row: Row) -> list[tuple[bool | None, str]]:
    checks: list[tuple[bool | None, str]] = []
    if spec.get("legal_forms"):
        ok = form_allowed(row.get("legal_form"), spec["legal_forms"], None)
        text = "" if ok else _("forme juridique attendue : {forms}").format(forms=forms_in_words(spec["legal_forms"]))
        checks.append((ok, text))
    if spec.get("perimeter"):
        ok = in_perimeter(spec["perimeter"], row, row.get("zones"))
        checks.append((ok, "" if ok else perimeter_words(spec["perimeter"], ok, row.get("commune"))))
    for judge in judges:
        line = judge(facts.at_row(row))
        truth = {MET: True, FAILED: False, NOT_APPLICABLE: True}.get(line["verdict"])
        checks.append((truth, line["message"]))
    return checks


def consortium_lines(
    spec: dict[str, Any], facts: Facts, given: tuple[Row, ...], lines: list[dict[str, Any]]
) -> list[Criterion]:
    """Built-in criteria of the whole consortium: number, lead, shares, confirmations, failed partners."""
    out = []
    # An applicant alone is its own only partner.
    counted = sum(1 for line in lines if line["counted"]) if given else 1
    least, most = spec.get("least"), spec.get("most")
    if least is not None or most is not None:
        ok: bool | None = (least is None or counted >= least) and (most is None or counted <= most)
        if facts.case.partners is None and least and least > 1:
            ok = None
        message = _("Partenaires comptés : {n}").format(n=counted)
        bounds = [_("minimum {n}").format(n=least)] if least is not None else []
        bounds += [_("maximum {n}").format(n=most)] if most is not None else []
        message += f" ({', '.join(bounds)})"
        out.append(said("partners_count", _verdict(ok), message, value=counted, minimum=least, maximum=most))
    if spec.get("allowed") is False and given:
        out.append(said("partners_allowed", FAILED, _("Cet appel ne prévoit pas de partenaires.")))
    if given and {"legal_forms", "perimeter", "criteria"} & set(spec):
        out.append(_eligible(spec, lines))
    if given:
        out += _shared_rules(spec, facts, given, lines)
    return out


def _eligible(spec: dict[str, Any], lines: list[dict[str, Any]]) -> Criterion:
    """Whether every partner may take part; one of whom something is unknown keeps the dossier incomplete."""
    names = {word: [str(line["name"]) for line in lines if line["verdict"] == word] for word in (FAILED, MISSING)}
    refused, unknown = ", ".join(names[FAILED]), ", ".join(names[MISSING])
    figures = {"value": len(lines) - len(names[FAILED]) - len(names[MISSING]), "minimum": len(lines)}
    if refused and spec.get("if_failed") == "fails_all":
        return said(
            "partners_eligible", FAILED, _("Partenaire non recevable : {names}.").format(names=refused), **figures
        )
    if unknown:
        return said(
            "partners_eligible", MISSING, _("Partenaire à préciser : {names}.").format(names=unknown), **figures
        )
    message = _("Partenaires non comptés : {names}.").format(names=refused) if refused else _("Partenaires recevables.")
    return said("partners_eligible", MET, message, **{**figures, "minimum": None})


def _shared_rules(
    spec: dict[str, Any], facts: Facts, given: tuple[Row, ...], lines: list[dict[str, Any]]
) -> list[Criterion]:
    out = []
    if spec.get("lead"):
        out.append(_lead(facts, given))
    if spec.get("shares"):
        out.append(_shares([row for row, line in zip(given, lines, strict=True) if line["counted"]]))
    if spec.get("confirmation"):
        waiting = [str(row.get("name")) for row in given if not row.get("confirmed")]
        message = _("Tous les partenaires ont confirmé.")
        if waiting:
            message = _("Confirmation attendue de : {names}.").format(names=", ".join(waiting))
        figures = {"value": len(given) - len(waiting), "minimum": len(given)}
        out.append(said("partners_confirmed", MISSING if waiting else MET, message, **figures))
    return out


def _lead(facts: Facts, given: tuple[Row, ...]) -> Criterion:
    """One lead among the partners, and the lead is who files."""
    names = [str(row.get("name")) for row in given if row.get("lead")]
    applicant = facts.value("applicant.name")
    listed = ", ".join(names) or _("aucun parmi les partenaires")
    message = _("Chef de file : {names}.").format(names=listed)
    ok = len(names) == 1
    if ok and applicant is not None and names != [applicant]:
        ok = False
        message = _("Seul le chef de file dépose : {lead}, et non {name}.").format(lead=names[0], name=applicant)
    return said("lead_is_partner", _verdict(ok), message, value=len(names), minimum=1, maximum=1)


def _shares(given: list[Row]) -> Criterion:
    """Shares of the aid among the partners counted add up to the whole."""
    shares = [row.get("share") for row in given]
    known = [share for share in shares if share is not None]
    total = sum(known, Fraction(0))
    verdict = MISSING if len(known) < len(shares) else _verdict(total == 1)
    message = _("Parts d’aide des partenaires : {total} (attendu 100 %).").format(total=shown_rate(total))
    figures = {"value": plain(total * 100), "minimum": 100, "maximum": 100, "unit": "%"}
    return said("shares_total", verdict, message, **figures)
