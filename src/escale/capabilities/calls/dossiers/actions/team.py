"""Those who prepare a dossier together: remarks on a section, and who is in charge."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Comment, Dossier
from escale.foundation.journal import record
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.foundation.post import actions as post
from escale.rules.refusal import Refused

LONGEST = 4000


def comment(dossier: Dossier, section: str, text: str, *, by: Person, at: datetime, key: str = "") -> Comment:
    """A remark on a section. The same ``key`` gives the first. Raises ``NoHat``, ``Refused`` (empty, too_long)."""
    record.check(dossier, "comment", by=by, at=at)
    kept = text.replace("\0", "").strip()
    if not kept:
        raise Refused("empty", _("Écrivez votre remarque avant de l’ajouter."))
    if len(kept) > LONGEST:
        sentence = _("Cette remarque compte {n} caractères : {most} au plus.")
        raise Refused("too_long", sentence.format(n=len(kept), most=LONGEST))
    with transaction.atomic():
        record.lock(dossier)
        first = Comment.objects.filter(dossier=dossier, by=by, key=key).first() if key else None
        return first or Comment.objects.create(dossier=dossier, section=section, text=kept, by=by, at=at, key=key)


def settle(found: Comment, *, by: Person, at: datetime) -> None:
    """The remark is dealt with."""
    record.check(found.dossier, "settle", by=by, at=at)
    Comment.objects.filter(pk=found.pk, settled_at__isnull=True).update(settled_by=by, settled_at=at)


def hand_over(dossier: Dossier, to: Person, *, by: Person, at: datetime) -> None:
    """Another member of the team is in charge from now on: reminders and answers go to them. Raises ``Refused``."""
    with transaction.atomic():
        if organisations.role_of(to, dossier.organisation, at) not in ("owner", "editor"):
            sentence = _("{who} ne remplit pas les dossiers de {organisation} : invitez d’abord cette personne.")
            raise Refused(
                "not_in_team", sentence.format(who=to.get_full_name(), organisation=dossier.organisation.name)
            )
        record.perform(dossier, "hand-over", by=by, at=at, data={"to": str(to.key)})
        dossier.keeper = to
        dossier.save(update_fields=["keeper"])
        context = {
            "number": dossier.number, "call": dossier.scheme.title, "project": dossier.title or dossier.scheme.title,
            "organisation": dossier.organisation.name, "who": by.get_full_name(), "path": dossier.get_absolute_url(),
        }  # fmt: skip
        key = f"handed-{dossier.number}-{dossier.subject.entries.count()}"
        post.write(to, "dossiers/handed_over", context, about=dossier.subject, at=at, key=key)
