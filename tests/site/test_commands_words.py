"""The command speaks French, or English when asked, from its help to its complaints."""

import json

import pytest

from escale.site import cli


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    yield
    cli.speak("fr", uses_django=True)


def wrong(capsys, *typed):
    with pytest.raises(SystemExit) as left:
        cli.main(list(typed))
    assert left.value.code == 2
    return capsys.readouterr()


def test_a_wrong_request_is_said_in_the_language_asked_for(capsys):
    assert "escale scheme try : il manque : scheme, case" in wrong(capsys, "scheme", "try").err
    said = wrong(capsys, "scheme", "try", "--lang", "en").err
    assert "escale scheme try: error: the following arguments are required: scheme, case" in said
    assert "inconnu : --partout" in wrong(capsys, "plan", "--partout").err


def test_a_wrong_request_gives_one_object_with_json(capsys):
    told = json.loads(wrong(capsys, "scheme", "try", "--json").out)
    assert told == {
        "schema": "escale.scheme-try/1",
        "ok": False,
        "error": {"code": "usage", "message": "il manque : scheme, case"},
    }


def test_every_command_and_option_has_a_line_of_help_in_both_languages():
    told = {}
    for language in cli.LANGUAGES:
        cli.speak(language, uses_django=False)
        told[language] = {}
        for name in cli.COMMANDS:
            parser, _run = cli.described(name)
            told[language][name] = parser.description
            options = [one for one in parser._actions if not one.help]
            assert not options, (name, options)
    same = [name for name, words in told["fr"].items() if words == told["en"][name]]
    assert not same
