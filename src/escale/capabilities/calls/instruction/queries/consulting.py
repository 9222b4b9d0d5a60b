"""What an expert may be shown, and what one may see."""

import json

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.queries.copies import sections_of
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.instruction.models import Opinion


def choices(dossier: Dossier) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Sections (rank, title) and pieces (code, label) of what was filed last. The list of files is never a section."""
    version = lists.latest_version(dossier)
    assert version is not None
    sections = [(str(rank), one["title"]) for rank, one in enumerate(sections_of(version)[:-1])]
    labels = {one["code"]: one["label"] for one in call_of(version.edition).document.get("pieces", [])}
    pieces = [(one["code"], labels.get(one["code"], one["name"])) for one in json.loads(version.document)["pieces"]]
    return sections, pieces


def pieces_of(opinion: Opinion) -> list[tuple[str, str]]:
    """The pieces (code, name) that this opinion's link opens."""
    pieces = json.loads(opinion.version.document)["pieces"]
    return [(one["code"], one["name"]) for one in pieces if one["code"] in opinion.pieces]


def piece_version(opinion: Opinion, code: str) -> int | None:
    """Which version of a piece the link opens; None when it opens none."""
    if code not in opinion.pieces:
        return None
    return next((one["version"] for one in json.loads(opinion.version.document)["pieces"] if one["code"] == code), None)
