"""The indexes of addresses and acts: complete, with words, and obeyed by the site."""

import json

import pytest
from django.apps import apps

from escale.foundation.journal.models import Stateful
from escale.site import cli
from escale.site.commands import acts, routes


def told(capsys, *words):
    assert cli.main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def named_by(path, act):
    """An act's address ends in its name; but for one section saved, and a file sent to the piece it is for."""
    return path.endswith(f"/{act}") or (act == "edit" and path.endswith("/save")) or "/pieces/<" in path


def test_every_address_is_declared(capsys):
    found = told(capsys, "routes")["routes"]
    assert {"path", "name", "capability", "method", "kind", "act", "thing", "who"} == set(found[0])
    assert {"/appels/", "/connexion/", "/dossiers/"} <= {one["path"] for one in found}
    assert {one["who"] for one in found} <= {"public", "signed-in", "token", "act"}
    assert [one["path"] for one in found if one["kind"] == "act" and not one["act"]] == []
    assert [one["path"] for one in found if one["who"] == "act" and not (one["thing"] and one["act"])] == []
    wrong = [one["path"] for one in found if one["kind"] == "act" and not named_by(one["path"], one["act"])]
    assert wrong == []


def test_acts_of_things_follow_a_table(capsys):
    known = {(one["thing"], one["act"]) for one in told(capsys, "acts")["acts"]}
    asked = {(one["thing"], one["act"]) for one in routes.routes() if one["who"] == "act" and one["thing"]}
    # What is not born yet has no table: its first line is written by the action that creates it.
    assert {(thing, act) for thing, act in asked - known if act != "create"} == set()


def test_every_state_and_act_has_words():
    silent = []
    for model in apps.get_models():
        if issubclass(model, Stateful):
            words, policy = model.WORDING, model.POLICY
            silent += [f"{policy.thing} {state}" for state in policy.states if state not in words.states]
            silent += [f"{policy.thing} {act}" for act in policy.acts if act not in words.acts]
    assert silent == []
    assert acts.policies() != []


@pytest.mark.django_db
def test_nobody_enters_a_guarded_address_signed_out(client):
    for one in routes.routes():
        if one["who"] in ("act", "signed-in") and "<" not in one["path"]:
            answer = client.get(one["path"])
            assert answer.status_code in (302, 401, 405), one["path"]
