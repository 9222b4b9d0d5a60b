"""Writing a referential as a draft, freezing it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.label.actions import life
from escale.capabilities.label.models import Referential
from escale.capabilities.label.queries.drafts import drafted
from escale.foundation.editions import actions as editions
from escale.foundation.editions.models import Draft, Edition
from escale.foundation.journal import record
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.rules.label.format.referential import SCHEMA
from escale.rules.refusal import NoHat, Refused


def begin(*, key: str, title: str, tree: dict[str, Any], by: Person, at: datetime) -> Referential:
    """A referential to write. Raises ``NoHat`` for who is not of the Region, ``Refused`` for an address taken."""
    if not organisations.is_of_the_region(by, at):
        raise NoHat
    with transaction.atomic():
        if Referential.objects.filter(key=key).exists():
            raise Refused("taken", _("Un référentiel a déjà cette adresse : choisissez-en une autre."))
        series = editions.series_of(life.KIND, key)
        found = Referential(key=key, series=series, title=title)
        record.begin(found, number=key, title=title, address=found.get_absolute_url(), by=by, at=at)
        document = {**tree, "schema": SCHEMA, "key": key, "title": title}
        editions.save_draft(series, document, rev=0, by=by, at=at)
    return found


def save(referential: Referential, tree: dict[str, Any], *, rev: int, by: Person, at: datetime) -> None:
    """Keeps the draft as it is, right or not. Raises ``Refused`` (changed_meanwhile)."""
    record.check(referential, "edit", by=by, at=at)
    fixed = {"schema": SCHEMA, "key": referential.key}
    editions.save_draft(referential.series, {**tree, **fixed}, rev=rev, by=by, at=at)


def publish(referential: Referential, *, by: Person, at: datetime) -> Edition:
    """Freezes the draft; labels keep the edition under which they were granted. Raises ``NoHat``, ``Refused``."""
    record.check(referential, "publish", by=by, at=at)
    with transaction.atomic():
        record.lock(referential)
        found = drafted(referential)
        if found.document is None:
            sentence = _("{n} points sont à revoir avant de publier. Le premier : {why}")
            raise Refused("not_ready", sentence.format(n=len(found.problems), why=found.problems[0].message))
        _same, edition, _created = life.publish(found.document, by=by, at=at)
        Draft.objects.filter(series=referential.series_id).delete()
    return edition
