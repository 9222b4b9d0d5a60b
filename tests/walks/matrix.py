"""Every address of ``escale routes`` × every kind of person: what the table of acts says must be answered.

Nothing is declared here but how an address is made from a thing: the expected answer follows from the acts, so a
new room joins by itself.
"""

import re
from itertools import groupby
from uuid import UUID

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.foundation.journal.models import Stateful
from escale.foundation.people.models import Person
from escale.site.commands import routes

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
#: Answers that say "done, or try again": never a leak, never a fault.
FINE = {200, 204, 206, 302, 303, 304, 400, 409, 410, 413, 415, 422, 429}
#: (thing, parameter) → one of what the thing holds, when its address names it.
INSIDE = {
    ("dossier", "key"): lambda one: call_of(one.edition).form.sections[0].key,
    ("dossier", "code"): lambda one: one.pieces.exclude(code="").values_list("code", flat=True).first(),
    ("dossier", "version"): lambda one: one.pieces.exclude(code="").values_list("version", flat=True).first(),
    ("review", "code"): lambda one: one.dossier.pieces.exclude(code="").values_list("code", flat=True).first(),
    ("organisation", "member"): lambda one: one.memberships.values_list("pk", flat=True).first(),
    ("region", "key"): lambda _one: str(Person.objects.order_by("pk").values_list("key", flat=True)[0]),
    ("sitting", "pk"): lambda one: one.members.values_list("pk", flat=True).first(),
    ("sitting", "dossier"): lambda one: one.items.values_list("dossier__number", flat=True).first(),
}
#: The pages that say most of a thing: even the quick form opens them for each.
TELLING = {"dossier", "instruct", "review"}
#: Acts about a part that only some calls ask for: elsewhere there is nothing to do them to.
OF_SOME = {"choose-place"}
#: What stands for a part that the thing does not hold: the answer may then be "unknown".
ABSENT = {"int": 1, "uuid": UUID(int=1), "dossier": "D00-00001"}


def things():
    """{kind: one list a state}: everything that has a life, in the order of the keys."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, Stateful):
            rows = sorted(model._base_manager.all(), key=lambda one: (one.state, one.pk))
            states = [list(some) for _state, some in groupby(rows, key=lambda one: one.state)]
            if states:
                found[model.POLICY.thing] = states
    return found


def named(route, thing):
    """The address of a route about this thing, and whether a part of it had to be made up; no address when a part
    has a form of its own and nothing in the demonstration bears it.
    """
    values, guessed = {}, False
    for kind, name in PARAMETER.findall(route["path"]):
        about = getattr(thing, "dossier", thing) if kind == "dossier" and name == "number" else thing
        value = _part(about, name) if about is not None else None
        if value is None or (kind == "int" and not isinstance(value, int)):
            value, guessed = ABSENT.get(kind, "rien"), True
        values[name] = value
    try:
        return reverse(route["name"], kwargs=values), guessed
    except NoReverseMatch:
        return "", guessed


def _part(thing, name):
    kind = type(thing).POLICY.thing
    if (kind, name) in INSIDE:
        return INSIDE[kind, name](thing)
    for holder in (thing, getattr(thing, "dossier", None)):
        value = getattr(holder, name, None)
        if isinstance(value, str | int | UUID) and value != "":
            return value
    return thing.subject.number if name == "number" else None


def chosen(route, known, *, whole):
    """The things that a route is asked about: all of them on the pages that say most; on the others all, or one in a
    state where its act may be done.
    """
    states = known.get(route["thing"], [])
    if whole or (route["kind"] == "page" and route["name"] in TELLING):
        return [one for some in states for one in some]
    if not states:
        return []
    policy = type(states[0][0]).POLICY
    allowed = policy[route["act"]].states if route["act"] in policy.acts else set(policy.states)
    first = [some[-1] for some in states if some[0].state in allowed][:1]
    return first or [states[0][-1]]


def expected(route, method, thing, person, at, address, guessed):
    """The statuses that the acts allow. Who may do nothing with a thing does not learn that it exists (404); who may
    do something, but not this, is told so (403) or learns nothing (404).
    """
    if person is None and route["who"] in ("act", "signed-in"):
        return {302, 401}
    if route["name"] == "readyz":
        return {200, 503}
    if route["who"] != "act" or thing is None or route["act"] not in type(thing).POLICY.acts:
        return FINE | {403, 404}
    policy, hats = type(thing).POLICY, set(thing.hats_of(person, at))
    if not policy.open_to(hats=hats, state=thing.state):
        holder = getattr(thing, "dossier", None)
        # The dossier is known and its own acts say no first, whatever is asked about it.
        known = holder is not None and holder.POLICY.open_to(hats=set(holder.hats_of(person, at)), state=holder.state)
        return {403, 404} if known else {404}
    if not hats & policy[route["act"]].hats:
        return {403, 404}
    # A page beside the thing's own may have nothing to show: no draft any more, no correction yet.
    beside = method == "GET" and route["act"] == "read" and address != thing.subject.address
    beside = beside or route["act"] in OF_SOME
    return FINE | {404} if guessed or beside else FINE


def asked(person, *, whole):
    """Each (route, method) of the index; without the whole, public ones are asked as nobody alone."""
    for route in routes.routes():
        if not whole and route["who"] in ("public", "token") and person is not None:
            continue
        for method in route["method"].split(","):
            if method in ("GET", "POST"):
                yield route, method
