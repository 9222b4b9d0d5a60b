"""Whether a filing is in time, decided in Europe/Paris at the instant the request reached the site."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from escale.rules.figures import shown_instant
from escale.rules.scheme.format.words import moment
from escale.rules.words import _


@dataclass(frozen=True)
class Window:
    """One period in which dossiers are taken; an absent end or beginning is open."""

    code: str | None
    opens: datetime | None
    closes: datetime | None
    quota: int | None = None

    def holds(self, at: datetime) -> bool:
        return (self.opens is None or at >= self.opens) and (self.closes is None or at <= self.closes)


@dataclass(frozen=True)
class Calendar:
    """The windows of an edition, in order; ``next_wave``: a late dossier goes to the next one.

    ``suspended``: an act holds the call back, nothing is filed whatever the day.
    """

    windows: tuple[Window, ...]
    next_wave: bool
    suspended: bool = False

    @property
    def opens(self) -> datetime | None:
        return self.windows[0].opens

    @property
    def closes(self) -> datetime | None:
        return self.windows[-1].closes

    def window_at(self, at: datetime) -> Window | None:
        """The window open at this instant."""
        return next((window for window in self.windows if window.holds(at)), None)

    def next_after(self, at: datetime) -> Window | None:
        """The next window to open."""
        return next((window for window in self.windows if window.opens and window.opens > at), None)


def calendar(spec: dict[str, Any], moved: dict[str | None, str] | None = None) -> Calendar:
    """The calendar of a canonical map; ``moved`` gives new closings by wave (None: the last one)."""
    rows = spec.get("waves") or [spec]
    windows = [
        Window(
            row.get("code") if "waves" in spec else None,
            moment(row["opens"]) if "opens" in row else None,
            moment(row["closes"], end=True) if "closes" in row else None,
            row.get("quota"),
        )
        for row in rows
    ]
    for code, until in (moved or {}).items():
        rank = next((n for n, one in enumerate(windows) if one.code == code), len(windows) - 1)
        windows[rank] = replace(windows[rank], closes=moment(until, end=True))
    return Calendar(tuple(windows), spec.get("late") == "next_wave")


def filing(found: Calendar, at: datetime | None, taken: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """``accepted``, ``code`` (null, not_open, late, next_wave, suspended), ``wave`` and the reason in words.

    ``taken``: facts ``wave.CODE``, how many of a wave's quota are taken; a full wave passes on to the next one.
    """
    if at is None:
        return _said(None, None, None, _("Date de dépôt inconnue."))
    if found.suspended:
        sentence = _(
            "L’appel est suspendu : aucun dossier ne peut être déposé tant qu’il n’a pas repris. Votre brouillon est gardé."
        )
        return _said(False, "suspended", None, sentence)
    window = found.window_at(at)
    if window is not None and _full(window, taken) and (following := found.next_after(at)) is not None:
        sentence = _("La vague a atteint ses {n} dossiers : le dossier est reporté à la vague ouverte le {opens}.")
        opens = shown_instant(following.opens) if following.opens else ""
        return _said(True, "next_wave", following.code, sentence.format(n=window.quota, opens=opens))
    if window is not None:
        until = _(" ; clôture le {when}").format(when=shown_instant(window.closes)) if window.closes else ""
        return _said(
            True, None, window.code, _("Déposé le {when}, dans les délais").format(when=shown_instant(at)) + until
        )
    upcoming = found.next_after(at)
    if found.opens is not None and at < found.opens:
        sentence = _("L’appel n’est pas encore ouvert : il ouvre le {when}.").format(when=shown_instant(found.opens))
        return _said(False, "not_open", None, sentence)
    closed = max(window.closes for window in found.windows if window.closes is not None and window.closes < at)
    if upcoming is not None and upcoming.opens is not None:
        opens = shown_instant(upcoming.opens)
        if found.next_wave:
            sentence = _("Vague close le {closed} : le dossier est reporté à la vague suivante, ouverte le {opens}.")
            text = sentence.format(closed=shown_instant(closed), opens=opens)
            return _said(True, "next_wave", upcoming.code, text)
        sentence = _("Le dossier ne peut plus être déposé : clôture le {closed}. La prochaine vague ouvre le {opens}.")
        return _said(False, "late", None, sentence.format(closed=shown_instant(closed), opens=opens))
    sentence = _("Le dossier ne peut plus être déposé : l’appel a fermé le {closed}.")
    return _said(False, "late", None, sentence.format(closed=shown_instant(closed)))


def _full(window: Window, taken: Mapping[str, Any] | None) -> bool:
    count = (taken or {}).get(f"wave.{window.code}")
    return window.quota is not None and isinstance(count, int) and count >= window.quota


def _said(accepted: bool | None, code: str | None, wave: str | None, reason: str) -> dict[str, Any]:
    return {"accepted": accepted, "code": code, "wave": wave, "reason": reason}
