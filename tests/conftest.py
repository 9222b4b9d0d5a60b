"""What every test may ask for."""

from datetime import UTC, datetime

import pytest

from escale.foundation.territory import loading


@pytest.fixture(scope="session")
def at():
    """The instant at which tests live: a Tuesday morning in Caen."""
    return datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, at):
    """Every installation has its territory: the tests' database too, loaded once."""
    with django_db_blocker.unblock():
        loading.load_default(at=at)
