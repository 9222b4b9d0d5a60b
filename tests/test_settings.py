"""The tests' own instruments work."""

import pytest
from django.template import Context, Template


def test_an_undefined_template_variable_fails():
    with pytest.raises(AssertionError, match="nobody_gave_it"):
        Template("{{ nobody_gave_it }}").render(Context())


def test_a_variable_given_a_default_is_fine():
    assert Template("{{ given|default:'rien' }}").render(Context({"given": ""})) == "rien"
