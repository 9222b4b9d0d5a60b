"""One place of a draft as a page shows it."""

from dataclasses import dataclass, field

from escale.foundation.editions.dialect import Options


@dataclass
class Node:
    """One place of a draft on a screen.

    ``sort``: control, record, rows, pages, page (a row with a page of its own) or forms (one of several).
    ``folded``: the rare words of a record, out of sight until they hold something. ``lines``: what compares,
    with its value. ``said``: a row in words.
    """

    sort: str
    name: str
    label: str
    help: str = ""
    control: str = "text"
    value: str = ""
    values: tuple[str, ...] = ()
    options: Options = field(default_factory=list)
    groups: list[tuple[str, Options]] = field(default_factory=list)
    required: bool = False
    errors: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    folded: list["Node"] = field(default_factory=list)
    lines: list[tuple["Node", "Node"]] = field(default_factory=list)
    title: str = ""
    said: str = ""
    add: str = ""
    more: str = ""
    unit: str = ""
    wrong: int = 0
    usual: bool = False
    open: bool = False
    decides: bool = False

    @property
    def attrs(self) -> dict[str, str]:
        """A choice that decides of what follows shows it at once, where scripts run."""
        compares = self.name.rpartition(".")[2][:1] == "=" or self.open
        return {"data-show": "1"} if self.control == "select" and (compares or self.decides) else {}

    @property
    def shows(self) -> dict[str, str]:
        """What the choice of a sort does."""
        return {"data-show": "1"}

    @property
    def unusual(self) -> bool:
        """Whether another sort than the usual one was chosen."""
        return not self.usual

    @property
    def inline(self) -> bool:
        """Many boxes, or a few short ones, stand side by side."""
        return len(self.options) > 6 or self.control == "radios"

    @property
    def id(self) -> str:
        return "at-" + "-".join(part for part in self.name.replace("?", "kind").replace("=", "c").split(".") if part)
