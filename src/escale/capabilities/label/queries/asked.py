"""What a referential asks that a place's page cannot say: of the place (commitments, documents), of a visitor."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from escale.rules.label.branches import leaves


@dataclass(frozen=True)
class Commitment:
    """A declaration: ``kind`` yes_no or number, and the criterion that asks for it."""

    code: str
    label: str
    kind: str
    help: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Attached:
    """A document asked for."""

    code: str
    label: str
    newer_than: str = ""


@dataclass(frozen=True)
class Mark:
    """A mark that a visitor gives, from 0 to ``out_of`` when the referential says so."""

    code: str
    at_least: str
    out_of: str = ""


@dataclass(frozen=True)
class Point:
    """One criterion as a visitor meets it: ``judged`` when only a person can say, marks to give."""

    code: str
    title: str
    family: str
    help: str
    mandatory: bool
    judged: str = ""
    marks: list[Mark] = field(default_factory=list)

    @property
    def needed(self) -> bool:
        """Whether the answer hangs on the visitor."""
        return bool(self.judged or self.marks)


def criteria(document: dict[str, Any], kind: str | None) -> Iterator[dict[str, Any]]:
    """Those of a type (all when there are no types, or none is chosen)."""
    for one in document["criteria"]:
        if not one.get("types") or not kind or kind in one["types"]:
            yield one


def of_place(document: dict[str, Any], kind: str | None) -> tuple[list[Commitment], list[Attached]]:
    """What the place must say or attach, each code once, in the referential's order."""
    said: dict[str, Commitment] = {}
    papers: dict[str, Attached] = {}
    for one in criteria(document, kind):
        for check in leaves(one["check"]):
            if "document" in check:
                label = check.get("label") or one["title"]
                papers.setdefault(check["document"], Attached(check["document"], label, check.get("newer_than", "")))
            elif found := _declared(check, one):
                said.setdefault(found.code, found)
    return list(said.values()), list(papers.values())


def _declared(check: dict[str, Any], one: dict[str, Any]) -> Commitment | None:
    if "commitment" in check:
        return Commitment(check["commitment"], check.get("label") or one["title"], "yes_no", one.get("help", ""))
    for word, kind in (("has", "yes_no"), ("value", "number")):
        if str(check.get(word, "")).startswith("declarations."):
            code = check[word].partition(".")[2]
            return Commitment(code, one["title"], kind, one.get("help", ""), check.get("unit", ""))
    return None


def of_visitor(document: dict[str, Any], kind: str | None) -> list[tuple[str, list[Point]]]:
    """Families by name, each with its criteria as a visitor meets them; a mark is asked once."""
    names = {one["code"]: one["label"] for one in document["families"]}
    told: dict[str, list[Point]] = {code: [] for code in names}
    given: set[str] = set()
    for one in criteria(document, kind):
        checks = [*leaves(one["check"]), *(leaf for grade in one.get("grades", []) for leaf in leaves(grade["check"]))]
        marks = []
        for check in checks:
            if "note" in check and check["note"] not in given:
                given.add(check["note"])
                marks.append(Mark(check["note"], str(check["at_least"]), str(check.get("out_of", ""))))
        judged = next((check["judged"] for check in checks if "judged" in check), "")
        told[one["family"]].append(
            Point(
                one["code"], one["title"], one["family"], one.get("help", ""), one.get("mandatory", True), judged, marks
            )
        )
    return [(names[code], points) for code, points in told.items() if points]
