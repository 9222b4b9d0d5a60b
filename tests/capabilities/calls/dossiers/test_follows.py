"""A call that follows another knows the dossiers that the organisation filed on it."""

import pytest

from escale.capabilities.calls.dossiers.queries import readiness
from escale.foundation.clock import reading
from tests.capabilities.calls.dossiers import stage as on

pytestmark = pytest.mark.django_db


def verdict(world, at):
    answer = readiness.prepare(on.draft(world, at), at).answer
    return next(one for one in answer["criteria"] if one["code"] == "follows")


def test_an_earlier_dossier_is_found_once_filed(at, settings, tmp_path):
    settings.ESCALE_DEMO = True
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"
    reading.move_to(at)
    world = on.stage(at)
    earlier = on.ready(world, at)
    world.scheme = on.publish(at, key="suite", follows={"schemes": [earlier.scheme.key], "required": "yes"})
    assert verdict(world, at)["verdict"] == "failed"
    on.sign(earlier, world, at)
    found = verdict(world, at)
    assert found["verdict"] == "met"
    assert earlier.number in found["message"]
