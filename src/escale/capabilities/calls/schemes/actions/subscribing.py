"""Addresses that asked to be told when a call opens: confirmed by mail, told once an opening, deleted on demand."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from escale.capabilities.calls.schemes.models import Scheme, Subscriber
from escale.capabilities.calls.schemes.policy import State
from escale.capabilities.calls.schemes.queries import ready
from escale.foundation.post import actions as post
from escale.rules.refusal import Unknown

_SIGNER = Signer(salt="schemes.subscriber")
#: An address that was not confirmed is forgotten after this long.
PATIENCE = timedelta(days=7)


def subscribe(scheme: Scheme, *, email: str, at: datetime) -> None:
    """Keeps the address and mails the link that confirms it: the page says the same whatever was known."""
    with transaction.atomic():
        found, _made = Subscriber.objects.get_or_create(scheme=scheme, email=email.lower(), defaults={"asked_at": at})
        context = {"call": scheme.title, "path": reverse("subscription-confirm", args=[token(found)])}
        post.write(email, "schemes/subscription_confirm", context, about=scheme.subject, at=at)


def token(subscriber: Subscriber) -> str:
    """What the links of the mails carry."""
    return _SIGNER.sign(f"{subscriber.pk}.{subscriber.scheme_id}")


def of_token(text: str) -> Subscriber:
    """The subscription that a mailed link speaks for. Raises ``Unknown``: forged, or deleted since."""
    try:
        number, _point, scheme = _SIGNER.unsign(text).partition(".")
    except BadSignature as error:
        raise Unknown from error
    found = Subscriber.objects.select_related("scheme").filter(pk=int(number), scheme=int(scheme)).first()
    if found is None:
        raise Unknown
    return found


def confirm(subscriber: Subscriber, *, at: datetime) -> None:
    """The address is proved. Doing it again changes nothing."""
    Subscriber.objects.filter(pk=subscriber.pk, confirmed_at__isnull=True).update(confirmed_at=at)


def unsubscribe(subscriber: Subscriber) -> None:
    """The address is deleted."""
    Subscriber.objects.filter(pk=subscriber.pk).delete()


def tell_openings(at: datetime) -> int:
    """Mails those who asked, once for each opening; safe to run as often as one likes. Gives how many mails."""
    Subscriber.objects.filter(confirmed_at__isnull=True, asked_at__lt=at - PATIENCE).delete()
    waiting = Scheme.objects.filter(state=State.PUBLISHED, subscribers__confirmed_at__isnull=False)
    return sum(_tell(scheme, at) for scheme in waiting.distinct().select_related("edition"))


def _tell(scheme: Scheme, at: datetime) -> int:
    window = ready(scheme).calendar.window_at(at)
    if window is None or window.opens is None:
        return 0
    to_tell = scheme.subscribers.filter(confirmed_at__lt=window.opens).exclude(told_for__gte=window.opens)
    told = 0
    for one in to_tell:
        with transaction.atomic():
            mine = Subscriber.objects.filter(pk=one.pk).exclude(told_for__gte=window.opens)
            if mine.update(told_for=window.opens):
                context = {"call": scheme.title, "until": window.closes, "path": scheme.get_absolute_url(),
                           "leave": reverse("subscription-unsubscribe", args=[token(one)])}  # fmt: skip
                key = f"opens-{one.pk}-{window.opens.isoformat()}"
                post.write(one.email, "schemes/opening", context, about=scheme.subject, at=at, key=key)
                told += 1
    return told
