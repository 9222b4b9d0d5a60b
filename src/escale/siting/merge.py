"""Demand that the same sites could cover becomes one row: the instance shrinks, the answer stays exact."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from escale.siting.arrays import Flags, Floats, Ints
from escale.siting.question import Question

COVERED, UNREACHABLE, DIRECT = -1, -2, -3


@dataclass(frozen=True)
class Merged:
    """The question over R merged rows and N free sites.

    ``rows`` (R, N) ones; ``columns`` its transpose (N, R); ``weight`` (R,); ``direct`` (N,) weight that only
    that site can bring; ``cost`` (N,); ``left`` what may be spent; ``base`` weight served whatever happens;
    ``site`` (N,) number of each free site in the question; ``row_of`` (D,) the row of each demand point, or
    COVERED, UNREACHABLE, DIRECT; ``group`` (R,) and ``need`` (G,) what floors still ask of free sites.
    """

    rows: csr_array
    columns: csr_array
    weight: Floats
    direct: Floats
    cost: Floats
    left: float
    base: float
    site: Ints
    row_of: Ints
    group: Ints
    need: Floats
    whole: bool

    @property
    def n_rows(self) -> int:
        """Number of merged rows."""
        return len(self.weight)

    @property
    def n_sites(self) -> int:
        """Number of free sites."""
        return len(self.cost)


def merge(question: Question) -> Merged:
    """Drop what is decided already, then merge demand with equal sets of possible sites.

    With floors, rows never mix groups and rows of one site stay rows.
    """
    pairs, served, free = question.pairs, question.served, question.free
    site = np.flatnonzero(free)
    column = np.full(pairs.n_sites, -1, dtype=np.int64)
    column[site] = np.arange(len(site))
    wanted = ~served & (question.weight > 0)
    kept = pairs.keep(free[pairs.site] & np.repeat(wanted, np.diff(pairs.start)))
    floors = question.has_floors
    group = question.group if floors else np.full(pairs.n_demand, -1, dtype=np.int64)
    rows, weight, direct, row_of, group = _condense(
        kept.start, column[kept.site], question.weight, group, len(site), floors
    )
    row_of[(row_of == UNREACHABLE) & served] = COVERED
    return Merged(
        rows=rows,
        columns=csr_array(rows.T),
        weight=weight,
        direct=direct,
        cost=question.cost[site],
        left=question.left,
        base=float(question.weight[served].sum()),
        site=site,
        row_of=row_of,
        group=group,
        need=np.maximum(question.floor - question.by_group(served), 0.0) if floors else np.zeros(0),
        whole=question.whole,
    )


def shrink(m: Merged, kept: Ints, opened: Ints, rows: Ints | None = None) -> Merged:
    """The question left when free sites ``opened`` are open and of the others only ``kept`` remain.

    Rows served by ``opened`` go to ``base``; the others are merged again. ``rows`` keeps some rows only.
    Numbers in ``kept`` and ``opened`` are columns of ``m``; so are those in the answer's ``site``.
    """
    count = m.rows @ _flags(m.n_sites, opened).astype(np.float64)
    alive = count < 0.5
    if rows is not None:
        alive &= _flags(m.n_rows, rows)
    served = count > 0.5
    table = m.rows[np.flatnonzero(alive)][:, kept].tocsr()
    table.sort_indices()
    start, index = table.indptr.astype(np.int64), table.indices.astype(np.int64)
    floors = len(m.need) > 0
    fresh, weight, direct, row_of, group = _condense(start, index, m.weight[alive], m.group[alive], len(kept), floors)
    place = np.where(served, COVERED, UNREACHABLE).astype(np.int64)
    place[alive] = row_of
    need = m.need
    if floors:
        won = served & (m.group >= 0)
        need = np.maximum(need - np.bincount(m.group[won], m.weight[won], len(need)), 0.0)
    return Merged(
        rows=fresh,
        columns=csr_array(fresh.T),
        weight=weight,
        direct=direct + m.direct[kept],
        cost=m.cost[kept],
        left=m.left - float(m.cost[opened].sum()),
        base=float(m.weight[served].sum() + m.direct[opened].sum()),
        site=np.asarray(kept, dtype=np.int64),
        row_of=place,
        group=group,
        need=need,
        whole=m.whole,
    )


def _flags(size: int, chosen: Ints) -> Flags:
    flags = np.zeros(size, dtype=bool)
    flags[chosen] = True
    return flags


def _condense(
    start: Ints, site: Ints, weight: Floats, group: Ints, n_sites: int, floors: bool
) -> tuple[csr_array, Floats, Floats, Ints, Ints]:
    """Merged table, its weights, direct profits, the row of each given row, the groups of merged rows."""
    degree = np.diff(start)
    row_of = np.full(len(degree), UNREACHABLE, dtype=np.int64)
    direct = np.zeros(n_sites)
    if not floors:
        single = np.flatnonzero(degree == 1)
        direct = np.bincount(site[start[single]], weight[single], n_sites).astype(np.float64)
        row_of[single] = DIRECT
    members = np.flatnonzero(degree >= (1 if floors else 2))
    first, row = _equal_rows(start, site, members, group, n_sites)
    row_of[members] = row
    begin, indices = _take(start, site, first)
    rows = csr_array((np.ones(len(indices)), indices, begin), shape=(len(first), n_sites))
    merged = np.bincount(row, weight[members], len(first)).astype(np.float64)
    return rows, merged, direct, row_of, group[first]


def _take(start: Ints, values: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Cut some rows out of a compressed table."""
    length = start[chosen + 1] - start[chosen]
    begin = np.concatenate(([0], np.cumsum(length)))
    where = np.repeat(start[chosen] - begin[:-1], length) + np.arange(begin[-1])
    return begin.astype(np.int64), values[where]


def _equal_rows(start: Ints, values: Ints, members: Ints, group: Ints, n_sites: int) -> tuple[Ints, Ints]:
    """First member of each distinct row, in order of appearance, and the row number of each member.

    Rows meet by a 64-bit hash; then each member is compared with its row, value by value, and a hash
    that lied is replaced by another one.
    """
    begin, inside = _take(start, values, members)
    length = np.diff(begin)
    for seed in range(64):
        draw = np.random.default_rng(seed).integers(1, 2**63, size=n_sites + 1, dtype=np.uint64)
        total = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(draw[inside], dtype=np.uint64)))
        key = total[begin[1:]] - total[begin[:-1]]
        key ^= (group[members].astype(np.uint64) + np.uint64(seed + 2)) * np.uint64(0x9E3779B97F4A7C15)
        _, first, row = np.unique(key, return_index=True, return_inverse=True)
        twin = first[row]
        if (length[twin] == length).all() and (group[members[twin]] == group[members]).all():
            other = inside[np.repeat(begin[twin] - begin[:-1], length) + np.arange(begin[-1])]
            if (other == inside).all():
                order = np.argsort(first, kind="stable")
                rank = np.empty(len(first), dtype=np.int64)
                rank[order] = np.arange(len(first))
                return members[first[order]], rank[row]
    raise RuntimeError("no hash of 64 tells the rows apart")
