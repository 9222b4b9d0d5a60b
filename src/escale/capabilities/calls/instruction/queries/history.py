"""The journal of a dossier as its parties read it: each according to their rights."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import Hat
from escale.capabilities.calls.dossiers.wording import DOSSIER
from escale.foundation.journal.models import Entry
from escale.rules.figures import shown_instant

#: What the service does among itself: its journal lines are not the applicant's.
INSIDE = frozenset({"note", "recuse", "judge", "fix-amount", "assign", "seek-opinion", "seek-review", "resume"})
_APPLICANT = frozenset({Hat.SIGNATORY, Hat.EDITOR, Hat.READER})


def lines(dossier: Dossier, hats: Iterable[Hat]) -> list[dict[str, Any]]:
    """Entries for a timeline, the newest first. The service reads all; the applicant reads what concerns it,
    its own people by name and the Region's by the name of the service.
    """
    inside = reads_all(hats)
    entries = Entry.objects.filter(subject=dossier.subject_id).select_related("by").order_by("-n")
    entries = entries if inside else entries.exclude(act__in=INSIDE)
    own = {dossier.created_by_id} if inside else _own(dossier)
    return [_line(one, dossier, inside, own) for one in entries]


def reads_all(hats: Iterable[Hat]) -> bool:
    """Whether the reader is of the service; a member of the applicant never is."""
    worn = set(hats)
    return Hat.OFFICER in worn and not worn & _APPLICANT


def last_step(dossier: Dossier) -> str:
    """Who took the dossier to where it stands, when and by which act, in words for the service."""
    rows = Entry.objects.filter(subject=dossier.subject_id).exclude(before=F("after")).select_related("by")
    entry = rows.order_by("-n").first()
    if entry is None:
        return ""
    what, when = DOSSIER.acts.get(entry.act, entry.act), shown_instant(entry.at)
    if entry.by is None:
        return _("« {act} » : par l’effet du délai, le {when}.").format(act=what, when=when)
    return _("« {act} » : {name}, le {when}.").format(act=what, name=entry.by.name, when=when)


def _line(entry: Entry, dossier: Dossier, inside: bool, own: set[int]) -> dict[str, Any]:
    what = _("Dossier commencé") if entry.act == "create" else str(DOSSIER.acts.get(entry.act, entry.act))
    if entry.by is None:
        by = _("par l’effet du délai")
    elif inside or entry.by_id in own:
        by = entry.by.name
    else:
        by = dossier.service.name if dossier.service else _("la Région")
    return {"at": entry.at, "what": what, "by": by, "note": entry.note, "state": "", "n": entry.n}


def _own(dossier: Dossier) -> set[int]:
    return set(dossier.organisation.memberships.values_list("person_id", flat=True))
