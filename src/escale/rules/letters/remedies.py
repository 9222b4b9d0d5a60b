"""Until when a decision may be contested, and in which words."""

from datetime import date, datetime, timedelta

from escale.rules.figures import PARIS
from escale.rules.holidays import is_public_holiday
from escale.rules.period import months_after
from escale.rules.words import _

#: Code de justice administrative, R. 421-1; CRPA, L. 231-4 (silence on a request) and L. 411-2.
MONTHS = 2
#: CRPA, R. 112-20: a letter on the person's page that nobody opens in this time does not count as received.
UNREAD_DAYS = 15


def last_day(read_at: datetime, months: int = MONTHS) -> date:
    """The last day for a remedy against a decision read at this instant: a clear delay (the day of the reading and
    the day it ends are not counted), which a Saturday, a Sunday or a public holiday carries to the next working day.
    """
    day = months_after(read_at.astimezone(PARIS).date(), months) + timedelta(days=1)
    while day.weekday() >= 5 or is_public_holiday(day):
        day += timedelta(days=1)
    return day


def silence(at: datetime, months: int = MONTHS) -> datetime:
    """When the silence kept on a request received at this instant rejects it: that hour, ``months`` later, in Paris."""
    local = at.astimezone(PARIS)
    return datetime.combine(months_after(local.date(), months), local.time(), PARIS)


def standard(court: str) -> list[str]:
    """Remedies and their delays, as points."""
    return [
        _(
            "Recours gracieux, dans les deux mois qui suivent la notification de cette lettre, auprès de la présidence du "
            "conseil régional, par courrier ou depuis la page de votre dossier. Il interrompt le délai du recours "
            "contentieux. Le silence gardé pendant deux mois vaut rejet."
        ),
        _(
            "Recours contentieux, dans les deux mois qui suivent la notification de cette lettre ou le rejet, exprès ou "
            "implicite, du recours gracieux, devant le {court}, par courrier ou par l’application Télérecours citoyens "
            "(www.telerecours.fr)."
        ).format(court=court),
    ]
