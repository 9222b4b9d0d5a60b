"""A query written once gives what its queryset gives; rows put in plain SQL are those that models write."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import BigAutoField, CharField, DateTimeField, Q
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from escale.foundation.organisations.models import Membership, Organisation, Service
from escale.foundation.people.models import Person
from escale.foundation.prepared import Prepared, Slot, insert, put, put_many, update
from tests import build

pytestmark = pytest.mark.django_db


def _holding():
    when = Slot("at", DateTimeField())
    rows = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=when), since__lte=when)
    return rows.filter(person=Slot("person", BigAutoField())).select_related("person", "organisation__commune")


MEMBERS = Prepared(_holding)
NAMES = Prepared(lambda: Service.objects.filter(key=Slot("key", CharField())).values_list("key", "name"))
KEYS = Prepared(lambda: Service.objects.filter(key=Slot("key", CharField())).values_list("name", flat=True))


def test_its_rows_are_the_querysets_for_each_value_with_what_is_joined(at):
    mayor, other = build.person(at), build.person(at)
    towns = [build.organisation(at, by=mayor, siret=siret) for siret in ("21140333500013", "21760351100012")]
    found = MEMBERS.rows(person=mayor.pk, at=at)
    assert found == list(Membership.objects.holding(at).filter(person=mayor))
    assert {one.organisation for one in found} == set(towns)
    with CaptureQueriesContext(connection) as seen:
        assert {(one.person.email, one.organisation.commune.code) for one in found} == {(mayor.email, "14333")}
    assert len(seen) == 0, "what select_related names is joined, not asked again"
    assert found[0].since == at
    assert found[0].since.tzinfo is not None, "values are converted as the queryset converts them"
    assert MEMBERS.rows(person=mayor.pk, at=at - timedelta(seconds=1)) == []
    assert MEMBERS.rows(person=other.pk, at=at) == []


def test_tuples_and_single_values_come_as_asked(at):
    build.service("numerique", "Service du numérique")
    build.service("culture", "Service de la culture")
    assert NAMES.rows(key="culture") == [("culture", "Service de la culture")]
    assert KEYS.first(key="numerique") == "Service du numérique"
    assert KEYS.first(key="' OR 1=1 --") is None


def kept_plans():
    """The statements whose plans PostgreSQL keeps for this connection (SQLite does so by itself, and does not tell)."""
    if connection.vendor != "postgresql":
        return ["SELECT organisations_membership", "UPDATE"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [one for (one,) in cursor.fetchall()]


def test_it_is_planned_once_for_a_connection(at):
    mayor = build.person(at)
    town = build.organisation(at, by=mayor)
    for _time in range(4):
        assert MEMBERS.rows(person=mayor.pk, at=at)
        update(town, ("name",))
    kept = kept_plans()
    assert sum("organisations_membership" in one for one in kept) == 1, kept
    assert sum(one.startswith("UPDATE") for one in kept) == 1, kept
    assert not any("pg_prepared_statements" in one for one in kept), "what is written anew each time is not kept"


def test_hats_are_asked_for_the_person_of_now_not_the_first_one(at):
    mayor, stranger = build.person(at), build.person(at)
    town = build.organisation(at, by=mayor)
    hats = [list(Organisation.objects.get(pk=town.pk).hats_of(one, at)) for one in (mayor, stranger, mayor)]
    assert hats[0] == hats[2] != hats[1] == []


def test_what_is_put_is_what_a_model_reads_and_keys_come_back_in_order(at):
    keys = insert(Service, ("key", "name", "email", "phone"), [("a", "Un", "", ""), ("b", "Deux", "x@y.fr", "02")])
    assert [Service.objects.get(pk=key).name for key in keys] == ["Un", "Deux"]
    assert insert(Service, ("key", "name"), []) == []
    with pytest.raises(IntegrityError):
        insert(Service, ("key", "name", "email", "phone"), [("a", "Encore", "", "")])


def test_a_row_that_stands_is_replaced_only_in_what_is_not_its_identity(at):
    names = ("key", "name", "email", "phone")
    (first,) = insert(Service, names, [("a", "Un", "", "")])
    (again,) = insert(Service, names, [("a", "Autre", "x@y.fr", "")], unique=("key",))
    assert again == first
    assert Service.objects.values_list("name", "email").get() == ("Autre", "x@y.fr")


def test_one_row_is_put_with_its_key_then_changed_field_by_field(at):
    person = Person(email="a@exemple.fr", name="Anne", created_at=at)
    put(person, ("key", "email", "name", "created_at", "password", "phone", "language", "is_active"))
    kept = Person.objects.get(pk=person.pk)
    assert (kept.key, kept.name, kept.created_at) == (person.key, "Anne", at)
    kept.name, kept.phone = "Anne-Lise", "02"
    update(kept, ("name",))
    assert Person.objects.values_list("name", "phone").get(pk=kept.pk) == ("Anne-Lise", "")


def test_things_put_at_once_are_those_that_a_model_writes_in_their_order(at):
    """Typed fields go through their model's own preparation; what they point to is saved before."""
    mayor = build.person(at)
    town = build.organisation(at, by=mayor)
    people = [Person(email=f"{n}@exemple.fr", name=f"Personne {n}", created_at=at) for n in range(3)]
    put_many(people)
    rows = [Membership(person=one, organisation=town, role="reader", since=at + timedelta(days=n)) for n, one in enumerate(people)]  # fmt: skip
    put_many(rows)
    put_many([])
    assert [one.pk for one in rows] == sorted(one.pk for one in rows)
    for row, one in zip(rows, people, strict=True):
        read = Membership.objects.select_related("person").get(pk=row.pk)
        assert (read.person.email, read.role, read.since) == (one.email, "reader", row.since)
        row.role = "editor"
        row.save()
    assert Membership.objects.filter(organisation=town, role="editor").count() == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        put_many([Person(email=people[0].email, name="Encore", created_at=at)])
