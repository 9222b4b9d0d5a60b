"""The files of one planning question, checked together."""

import argparse
from dataclasses import dataclass, field

import numpy as np

from escale.capabilities.planner.queries.tables import Faults, cents, number, rows
from escale.rules.words import _
from escale.siting.arrays import Floats, Ints
from escale.siting.roads import Roads, roads


@dataclass
class Points:
    """Identifiers, where they are, and the other columns of a table of points."""

    file: str
    ids: list[str] = field(default_factory=list)
    lon: list[float] = field(default_factory=list)
    lat: list[float] = field(default_factory=list)
    number_of: dict[str, int] = field(default_factory=dict)

    def add(self, line: int, cells: list[str], faults: Faults) -> None:
        """Note one point; a repeated or empty identifier is a fault."""
        name = cells[0]
        if not name:
            faults.add(self.file, f"{line}.id", _("identifiant vide"))
        elif name in self.number_of:
            faults.add(
                self.file,
                f"{line}.id",
                _("« {name} » est déjà plus haut, un identifiant ne sert qu’une fois").format(name=name),
            )
        self.number_of.setdefault(name, len(self.ids))
        self.ids.append(name)
        self.lon.append(number(cells[1], self.file, f"{line}.lon", faults, -180.0, 180.0))
        self.lat.append(number(cells[2], self.file, f"{line}.lat", faults, -90.0, 90.0))

    @property
    def place(self) -> tuple[Floats, Floats]:
        """Longitudes and latitudes as arrays."""
        return np.array(self.lon, dtype=np.float64), np.array(self.lat, dtype=np.float64)


@dataclass
class Inputs:
    """Everything read; numbers of sites and demand follow the order of the files."""

    demand: Points
    sites: Points
    weight: list[float] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    cost_cents: list[int] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    existing: Points | None = None
    pairs: tuple[Ints, Ints, Floats] | None = None
    open_pairs: tuple[Ints, Ints, Floats] | None = None
    roads: Roads | None = None
    floors: dict[str, tuple[float, int]] = field(default_factory=dict)


def read(args: argparse.Namespace, faults: Faults) -> Inputs:
    """Read every file that the arguments name; faults say what is wrong in all of them."""
    got = Inputs(Points(args.demand), Points(args.sites))
    for line, cells in rows(args.demand, ["id", "lon", "lat", "weight"], ["group"], faults):
        got.demand.add(line, cells, faults)
        got.weight.append(number(cells[3], args.demand, f"{line}.weight", faults, 0.0, 1e15))
        got.group.append(cells[4])
    with_cost = args.budget is not None
    for line, cells in rows(
        args.sites, ["id", "lon", "lat"] + ["cost"] * with_cost, ["status"] if with_cost else ["cost", "status"], faults
    ):
        got.sites.add(line, cells, faults)
        got.cost_cents.append(cents(cells[3], args.sites, f"{line}.cost", faults) if cells[3] or with_cost else 0)
        got.status.append(cells[4] or "candidate")
        if got.status[-1] not in ("candidate", "forced", "forbidden"):
            said = _("« {status} », candidate, forced ou forbidden est attendu")
            faults.add(args.sites, f"{line}.status", said.format(status=cells[4][:60]))
    if not faults.any and not got.demand.ids:
        faults.add(args.demand, "-", _("aucune ligne de demande, au moins une est attendue"))
    if args.existing:
        got.existing = Points(args.existing)
        _read_existing(args, got, faults)
    if args.pairs:
        _read_pairs(args, got, faults)
    if args.floor:
        _read_floors(args.floor, got, faults)
    if args.nodes and args.edges:
        read_roads(args.nodes, args.edges, got, faults)
    return got


def _read_existing(args: argparse.Namespace, got: Inputs, faults: Faults) -> None:
    assert got.existing is not None
    place = ["lon", "lat"]
    for line, cells in rows(args.existing, ["id"], place, faults):
        known = got.sites.number_of.get(cells[0])
        if not cells[1] and not cells[2] and (known is not None or args.pairs):
            at = ("0", "0") if known is None else (repr(got.sites.lon[known]), repr(got.sites.lat[known]))
            cells = [cells[0], *at]
        got.existing.add(line, cells, faults)


def _read_pairs(args: argparse.Namespace, got: Inputs, faults: Faults) -> None:
    demand: list[int] = []
    site: list[int] = []
    minutes: list[float] = []
    opened = got.existing.number_of if got.existing else {}
    strangers: list[tuple[int, int, float]] = []
    for line, cells in rows(args.pairs, ["demand", "site", "minutes"], [], faults):
        i, j, k = got.demand.number_of.get(cells[0]), got.sites.number_of.get(cells[1]), opened.get(cells[1])
        value = number(cells[2], args.pairs, f"{line}.minutes", faults)
        if i is None:
            faults.add(
                args.pairs, f"{line}.demand", _("« {name} » n’est pas dans la demande").format(name=cells[0][:60])
            )
        if j is None and k is None:
            faults.add(
                args.pairs,
                f"{line}.site",
                _("« {name} » n’est ni un site ni un lieu ouvert").format(name=cells[1][:60]),
            )
        if i is None:
            continue
        if j is not None:
            demand.append(i)
            site.append(j)
            minutes.append(value)
        if k is not None:
            strangers.append((i, k, value))
    table = np.array(strangers, dtype=np.float64).reshape(-1, 3)
    got.pairs = (np.array(demand, dtype=np.int64), np.array(site, dtype=np.int64), np.array(minutes))
    got.open_pairs = (table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2])


def _read_floors(path: str, got: Inputs, faults: Faults) -> None:
    groups = set(got.group) - {""}
    for line, (name, share) in rows(path, ["group", "share"], [], faults):
        if name not in groups:
            faults.add(
                path, f"{line}.group", _("« {name} » n’est le groupe d’aucune ligne de demande").format(name=name[:60])
            )
        if name in got.floors:
            faults.add(path, f"{line}.group", _("« {name} » est déjà plus haut").format(name=name[:60]))
        got.floors[name] = (number(share, path, f"{line}.share", faults, 0.0, 1.0), line)


def read_roads(nodes: str, edges: str, got: Inputs, faults: Faults) -> None:
    """A road graph; it must join everything that is asked about."""
    points = Points(nodes)
    for line, cells in rows(nodes, ["id", "lon", "lat"], [], faults):
        points.add(line, cells, faults)
    if not points.ids and not faults.any:
        faults.add(nodes, "-", _("aucun nœud, au moins un est attendu"))
    ends: list[tuple[int, int, float, bool]] = []
    for line, (start, end, minutes, one_way) in rows(edges, ["from", "to", "minutes"], ["one_way"], faults):
        for name, column in ((start, "from"), (end, "to")):
            if name not in points.number_of:
                faults.add(edges, f"{line}.{column}", _("« {name} » n’est pas un nœud").format(name=name[:60]))
        if one_way not in ("", "yes", "no"):
            faults.add(edges, f"{line}.one_way", _("yes, no ou rien est attendu"))
        value = number(minutes, edges, f"{line}.minutes", faults)
        ends.append((points.number_of.get(start, 0), points.number_of.get(end, 0), value, one_way == "yes"))
    if faults.any:
        return
    table = np.array(ends, dtype=np.float64).reshape(-1, 4)
    first, last = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    got.roads = roads(*points.place, first, last, table[:, 2], table[:, 3] > 0)
    _joined(got.roads, points, got, edges, faults)


def _joined(graph: Roads, nodes: Points, got: Inputs, edges: str, faults: Faults) -> None:
    piece = graph.pieces()
    used = graph.nearest(*got.demand.place)[0]
    if got.sites.ids:
        used = np.concatenate((used, graph.nearest(*got.sites.place)[0]))
    main = np.bincount(piece[used]).argmax()
    lost = np.unique(used[piece[used] != main])
    if len(lost):
        said = _("le graphe n’est pas d’un seul tenant : {count} nœuds utiles sont coupés du reste, dont « {name} »")
        faults.add(edges, "-", said.format(count=len(lost), name=nodes.ids[int(lost[0])]))
