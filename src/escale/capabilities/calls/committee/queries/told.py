"""Words of the minutes, the book and the annex, from what was frozen: the papers print them as they are."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.wording import ATTENDANCE, OPINIONS, OUTCOMES, ROLES
from escale.capabilities.calls.dossiers.models import Dossier
from escale.rules.figures import shown_day, shown_instant
from escale.rules.money import shown_euros


def minutes(found: dict[str, Any], sha256: str, hidden: set[str]) -> dict[str, Any]:
    """The minutes, without the dossiers of ``hidden``."""
    whole, quorum = not hidden, found["quorum"]
    told = _("{present} présents avec voix sur {seated}, quorum {needed}").format(**quorum)
    return {
        "title": _("Procès-verbal : {title}").format(title=found["title"]), "number": found["number"],
        "service": found["service"],
        "draft": "" if found["closed_at"] else _("Séance non close : ce projet de procès-verbal n’engage personne."),
        "facts": _facts(
            (_("Séance"), found["number"]), (_("Prévue"), _when(found["held_at"])), (_("Ouverte"), _when(found["opened_at"])),
            (_("Close"), _when(found["closed_at"])), (_("Lieu"), found["place"]), (_("Quorum"), told),
        ),
        "members": [[one["name"], str(ROLES[one["role"]]), str(ATTENDANCE[one["attendance"]])] for one in found["members"]],
        "moved": [_moved(one) for one in found["moved"]] if whole else [],
        "calls": [_call(call, hidden) for call in found["calls"]],
        "digest": sha256,
    }  # fmt: skip


def _call(call: dict[str, Any], hidden: set[str]) -> dict[str, Any]:
    lines = [one for one in call["dossiers"] if one["number"] not in hidden]
    envelopes = [] if len(lines) != len(call["dossiers"]) else call["envelopes"]
    sentence = _("{label} : {amount} disponibles, dont {reserve} en réserve.")
    return {
        "title": call["title"],
        "hypothesis": _("Hypothèse retenue : {name}.").format(name=call["hypothesis"]) if call["hypothesis"] else "",
        "envelopes": [
            sentence.format(label=one["label"], amount=shown_euros(one["available_cents"]), reserve=shown_euros(one["reserve_cents"]))
            for one in envelopes
        ],
        "rows": [
            [
                _rank(one) if not hidden else "–", f"{one['number']} · {one['title']}\n{one['applicant']}", _euros(one["asked_cents"]),
                _euros(one["proposed_cents"]), _opinion(one), _euros(one["advised_cents"]),
            ]
            for one in lines
        ],
        "notes": [[f"{one['number']} · {one['title']}", notes] for one in lines if (notes := _notes(one))],
    }  # fmt: skip


def _notes(one: dict[str, Any]) -> list[str]:
    found = []
    if one["out"]:
        found.append(_("Sortis de la salle : {names}.").format(names=", ".join(one["out"])))
    if one["rank_reason"]:
        found.append(_("Classement changé par le comité : {reason}").format(reason=one["rank_reason"]))
    if one["reason"]:
        found.append(_("Motifs : {reason}").format(reason=one["reason"]))
    if one["conditions"]:
        found.append(_("Conditions : {conditions}").format(conditions=one["conditions"]))
    return found


def _rank(one: dict[str, Any]) -> str:
    if one["gone"] or one["set_aside"]:
        return "–"
    return f"{one['position']}" + (_(" ex æquo") if one["tied"] > 1 else "")


def _opinion(one: dict[str, Any]) -> str:
    if one["gone"]:
        return _("retiré")
    return str(OPINIONS[one["opinion"]]) if one["opinion"] else "–"


def sheet(dossier: Dossier, seen: dict[str, Any], line: dict[str, Any]) -> dict[str, Any]:
    """One dossier of the book."""
    aid = seen["aid"] or {"lines": []}
    score = line.get("score_hundredths")
    return {
        "title": f"{dossier.number} · {dossier.title}",
        "facts": _facts(
            (_("Déposant"), dossier.applicant), (_("Appel"), dossier.scheme.title), (_("Rang"), _rank(line) if line else ""),
            (_("Note"), "" if score is None else f"{score // 100},{score % 100:02d}"),
            (_("Demandé"), _euros(dossier.aid_cents)), (_("Proposé"), _euros(dossier.proposed_cents)),
            (_("Avis du comité"), _opinion(line) if line else "–"), (_("Conseillé"), _euros(line.get("advised_cents"))),
            (_("Voté"), _euros(dossier.voted_cents)),
        ),
        "lines": [[one["label"], one["reason"], shown_euros(one["amount_cents"])] for one in aid["lines"]],
        "expenses": [
            [one["label"], shown_euros(one["asked_cents"]), shown_euros(one["kept_cents"]), one["reason"]]
            for one in seen["expenses"]
        ],
        "points": [[one["message"], str(one["label"]), one["reason"]] for one in seen["points"]],
    }  # fmt: skip


def book(found: dict[str, Any], sheets: list[dict[str, Any]]) -> dict[str, Any]:
    """The book of the committee."""
    return {
        "title": _("Livre du comité : {title}").format(title=found["title"]), "number": found["number"],
        "service": found["service"], "dossiers": sheets,
        "facts": _facts((_("Séance"), found["number"]), (_("Prévue"), _when(found["held_at"])), (_("Lieu"), found["place"]),
                        (_("Dossiers"), str(len(sheets)))),
    }  # fmt: skip


def annex(found: dict[str, Any], sha256: str) -> dict[str, Any]:
    """The annex of the deliberation."""
    lines = [one for call in found["calls"] for one in call["lines"]]
    day = found["voted_on"]
    return {
        "title": _("Annexe : {title}").format(title=found["title"]), "number": found["reference"] or found["number"],
        "service": found["service"],
        "draft": "" if sha256 else _("Projet d’annexe : le vote n’est pas enregistré, ou une partie n’est pas montrée."),
        "facts": _facts(
            (_("Référence de l’acte"), found["reference"]), (_("Date de l’acte"), shown_day(date.fromisoformat(day)) if day else ""),
            (_("Assemblée et réunion"), found["session"]), (_("Dossiers"), str(len(lines))),
        ),
        "calls": [{"title": call["title"], "rows": [_row(one) for one in call["lines"]]} for call in found["calls"]],
        "total": _("Total voté : {total}").format(total=shown_euros(sum(one["voted_cents"] for one in lines))),
        "away": [f"{one['number']} : {', '.join(one['away'])}" for one in lines if one["away"]],
        "digest": sha256,
    }  # fmt: skip


def _row(one: dict[str, Any]) -> list[str]:
    shares = [
        " · ".join(part for part in (share["funder"], share["budget_line"], shown_euros(share["cents"])) if part)
        for share in one["shares"]
    ]
    return [
        f"{one['number']} · {one['title']}\n{one['applicant']}", _euros(one["asked_cents"]), _euros(one["proposed_cents"]),
        _euros(one["advised_cents"]), str(OUTCOMES[one["outcome"]]), _euros(one["voted_cents"]), "\n".join(shares),
    ]  # fmt: skip


def _facts(*pairs: tuple[str, str]) -> list[list[str]]:
    return [[label, words] for label, words in pairs if words]


def _moved(one: dict[str, Any]) -> str:
    sentence = _("{when} : {call}, « {label} », {before} auparavant, {after} ensuite.")
    return sentence.format(
        when=_when(one["at"]),
        call=one["call"],
        label=one["label"],
        before=_euros(one["before_cents"]),
        after=_euros(one["after_cents"]),
    )


def _when(text: str | None) -> str:
    return shown_instant(datetime.fromisoformat(text)) if text else ""


def _euros(cents: int | None) -> str:
    return "–" if cents is None else shown_euros(cents)
