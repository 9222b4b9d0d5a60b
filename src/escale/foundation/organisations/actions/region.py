"""The Region's own people: services, persons, dated mandates. Each act is a line of the Region's journal."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from escale.foundation.journal import record
from escale.foundation.organisations import wording
from escale.foundation.organisations.models import Mandate, Region, Service
from escale.foundation.people import mailing
from escale.foundation.people.models import Person
from escale.foundation.territory import loading, zoning
from escale.foundation.territory.models import Zone
from escale.rules.figures import PARIS, shown_day
from escale.rules.refusal import Refused

NUMBER = "region"


def region(at: datetime) -> Region:
    """The one Region of this installation, born when it is first needed."""
    found = Region.objects.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            born = Region(pk=1)
            record.begin(born, number=NUMBER, title=settings.ESCALE_SITE_NAME, address="/region/", by=None, at=at)
        return born
    except IntegrityError:  # another worker was faster
        return Region.objects.get()


def create_service(
    *, key: str, name: str, at: datetime, by: Person | None = None, email: str = "", phone: str = ""
) -> Service:  # fmt: skip
    """A service of the Region. Refused when its code is taken."""
    with transaction.atomic():
        record.lock(region(at))
        if Service.objects.filter(key=key).exists():
            raise Refused(
                "known_service", _("Un service a déjà le code « {key} » : choisissez-en un autre.").format(key=key)
            )
        record.perform(region(at), "create-service", by=by, at=at, data={"service": key})
        return Service.objects.create(key=key, name=name, email=email, phone=phone)


def edit_service(service: Service, *, by: Person, at: datetime, **values: Any) -> None:
    """Changes name and contact; the code, which schemes write, stays."""
    with transaction.atomic():
        record.perform(region(at), "edit-service", by=by, at=at, data={"service": service.key})
        for name, value in values.items():
            setattr(service, name, value)
        service.save(update_fields=list(values))


def create_person(*, email: str, name: str, phone: str = "", by: Person | None, at: datetime) -> Person:
    """Someone who works with the Region: their account, known by its address or new."""
    email = email.strip().lower()
    with transaction.atomic():
        person, made = Person.objects.get_or_create(
            email=email, defaults={"name": name, "phone": phone, "created_at": at}
        )
        if not made:
            return person
        record.perform(region(at), "create-person", by=by, at=at, data={"person": str(person.key)})
        return person


def edit_person(person: Person, *, by: Person, at: datetime, **values: Any) -> None:
    """Changes the name or the telephone of someone of the Region; the address is theirs to change."""
    with transaction.atomic():
        record.perform(region(at), "edit-person", by=by, at=at, data={"person": str(person.key)})
        for name, value in values.items():
            setattr(person, name, value)
        person.save(update_fields=list(values))


def give_mandate(
    person: Person, kind: str, *, at: datetime, by: Person | None = None, since: datetime | None = None,
    until: datetime | None = None, reference: str = "", **where: Any,
) -> Mandate:  # fmt: skip
    """Someone becomes something for the Region from ``since`` on (``at`` when not given), until further notice or
    ``until``. The same open mandate is not given twice: to a command the one that holds is given back, to a person it
    is refused (known_mandate).
    """
    if not person.is_active:
        raise Refused("account_closed", _("Ce compte est fermé : la personne doit d’abord en ouvrir un autre."))
    with transaction.atomic():
        record.lock(region(at))
        open_one = Mandate.objects.filter(person=person, kind=kind, until__isnull=True, **where).first()
        if open_one is not None and by is None:
            return open_one
        if open_one is not None:
            sentence = _(
                "{name} a déjà cette fonction depuis le {day}, jusqu’à nouvel ordre : mettez-y fin d’abord pour en changer "
                "les dates."
            )
            raise Refused(
                "known_mandate",
                sentence.format(name=person.get_full_name(), day=shown_day(open_one.since.astimezone(PARIS).date())),
            )
        data = {"person": str(person.key), "kind": kind, "service": getattr(where.get("service"), "key", "")}
        record.perform(region(at), "give-mandate", by=by, at=at, note=reference, data=data)
        made = Mandate.objects.create(
            person=person, kind=kind, since=since or at, until=until, reference=reference, **where
        )
        if by is not None:
            service = str(made.service or "")
            context = {
                "mandate": wording.MANDATES[kind],
                "of": service,
                "link": f"{settings.ESCALE_BASE_URL}/connexion/",
            }
            mailing.write(person, "organisations/mandate", context, at=at)
        return made


def end_mandate(mandate: Mandate, *, at: datetime, by: Person | None = None, until: datetime | None = None) -> None:
    """Ends a mandate at ``until`` (``at`` when not given). The last administrator stays."""
    ends = max(until or at, mandate.since)
    if mandate.until is not None and mandate.until <= at:
        raise Refused("mandate_over", _("Cette fonction a déjà pris fin : donnez-en une nouvelle s’il le faut."))
    with transaction.atomic():
        person = mandate.person
        data = {"person": str(person.key), "kind": mandate.kind, "until": ends.date().isoformat()}
        record.perform(region(at), "end-mandate", by=by, at=at, data=data)
        if mandate.kind == "administrator":
            others = Mandate.objects.holding(ends).filter(kind="administrator", person__is_active=True)
            if not others.exclude(pk=mandate.pk).exists():
                raise Refused(
                    "last_administrator",
                    _("Il ne resterait personne pour administrer le site : nommez d’abord une autre personne."),
                )
        mandate.until = ends
        mandate.save(update_fields=["until"])


def set_zone(zone: Zone, codes: set[str], *, by: Person, at: datetime) -> None:
    """Writes a zone and its communes in place of those it had."""
    with transaction.atomic():
        record.perform(region(at), "set-zone", by=by, at=at, data={"zone": zone.key, "communes": len(codes)})
        zoning.keep_zones([zone], {zone.key: codes})
        loading.revised(at)
