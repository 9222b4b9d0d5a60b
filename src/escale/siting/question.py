"""The question asked of the engine: who could be covered by which site, at what cost, under which orders."""

from dataclasses import dataclass, replace

import numpy as np

from escale.siting.arrays import BadInput, Flags, Floats, Ints, check_weights
from escale.siting.pairs import Pairs

LARGEST_WHOLE = 2.0**50


@dataclass(frozen=True)
class Question:
    """Cover the most weight with new sites whose costs add up to at most ``limit``.

    Shapes: D demand points, S sites, G groups. ``weight`` (D,) people or any unit at least 0; ``cost`` (S,)
    and ``limit`` in one unit (1 and k to count places, cents and a budget otherwise); ``covered`` (D,) demand
    that open places serve already; ``forced`` and ``forbidden`` (S,); ``group`` (D,) from 0 to G - 1, or -1
    for none; ``floor`` (G,) the least weight to cover in each group, open places included.
    """

    pairs: Pairs
    weight: Floats
    cost: Floats
    limit: float
    covered: Flags
    forced: Flags
    forbidden: Flags
    group: Ints
    floor: Floats

    @property
    def whole(self) -> bool:
        """All weights are whole numbers, so that every bound can be rounded down."""
        return bool((self.weight == np.floor(self.weight)).all() and self.weight.sum() < LARGEST_WHOLE)

    @property
    def has_floors(self) -> bool:
        """Some group has a floor above 0."""
        return bool((self.floor > 0).any())

    @property
    def served(self) -> Flags:
        """Demand (D,) covered by open places and forced sites, whatever is chosen."""
        pairs = self.pairs
        hit = np.concatenate(([0], np.cumsum(self.forced[pairs.site])))
        return self.covered | (hit[pairs.start[1:]] > hit[pairs.start[:-1]])

    @property
    def free(self) -> Flags:
        """Sites (S,) that may be chosen or not."""
        return ~self.forced & ~self.forbidden

    @property
    def left(self) -> float:
        """What remains of the limit once forced sites are paid."""
        return self.limit - float(self.cost[self.forced].sum())

    def reached(self, chosen: Flags) -> Flags:
        """Demand (D,) covered by open places and the sites flagged in ``chosen`` (S,)."""
        pairs = self.pairs
        hit = np.concatenate(([0], np.cumsum(chosen[pairs.site])))
        return self.covered | (hit[pairs.start[1:]] > hit[pairs.start[:-1]])

    def value(self, chosen: Flags) -> float:
        """Weight covered by open places and the sites flagged in ``chosen`` (S,)."""
        return float(self.weight[self.reached(chosen)].sum())

    def by_group(self, reached: Flags) -> Floats:
        """Weight (G,) reached in each group."""
        inside = reached & (self.group >= 0)
        return np.bincount(self.group[inside], self.weight[inside], len(self.floor)).astype(np.float64)

    def keeps_floors(self, chosen: Flags) -> bool:
        """The chosen sites give every group its floor."""
        slack = np.minimum(1e-6, 1e-9 * self.floor) + 1e-12 * self.floor
        return not self.has_floors or bool((self.by_group(self.reached(chosen)) >= self.floor - slack).all())

    def with_limit(self, limit: float) -> "Question":
        """The same question with another number of places or another budget."""
        return replace(self, limit=limit)


def ask(
    pairs: Pairs,
    weight: Floats,
    *,
    places: int | None = None,
    budget: float | None = None,
    cost: Floats | None = None,
    covered: Flags | None = None,
    forced: Flags | None = None,
    forbidden: Flags | None = None,
    group: Ints | None = None,
    floor: Floats | None = None,
) -> Question:
    """Put a question together and check it.

    Exactly one of ``places`` (new sites, forced included) and ``budget`` (same unit as ``cost``).
    Raises BadInput with every fault found.
    """
    d, s = pairs.n_demand, pairs.n_sites
    question = Question(
        pairs=pairs,
        weight=np.asarray(weight, dtype=np.float64),
        cost=np.ones(s) if cost is None or places is not None else np.asarray(cost, dtype=np.float64),
        limit=float(places if places is not None else budget if budget is not None else -1),
        covered=np.zeros(d, dtype=bool) if covered is None else np.asarray(covered, dtype=bool),
        forced=np.zeros(s, dtype=bool) if forced is None else np.asarray(forced, dtype=bool),
        forbidden=np.zeros(s, dtype=bool) if forbidden is None else np.asarray(forbidden, dtype=bool),
        group=np.full(d, -1, dtype=np.int64) if group is None else np.asarray(group, dtype=np.int64),
        floor=np.zeros(0) if floor is None else np.asarray(floor, dtype=np.float64),
    )
    faults = _faults(question)
    if (places is None) == (budget is None):
        faults.append("limit: give either a number of places or a budget")
    if faults:
        raise BadInput(faults)
    return question


def _faults(q: Question) -> list[str]:
    d, s = q.pairs.n_demand, q.pairs.n_sites
    faults = []
    for name, column, size in (
        ("weight", q.weight, d),
        ("cost", q.cost, s),
        ("covered", q.covered, d),
        ("forced", q.forced, s),
        ("forbidden", q.forbidden, s),
        ("group", q.group, d),
    ):
        if column.shape != (size,):
            faults.append(f"{name}: shape {column.shape}, ({size},) expected")
    if faults:
        return faults
    faults += check_weights(q.weight) + check_weights(q.cost, "cost") + check_weights(q.floor, "floor")
    if not np.isfinite(q.limit) or q.limit < 0:
        faults.append(f"limit: {q.limit}, a number at least 0 expected")
    if (q.forced & q.forbidden).any():
        faults.append(f"forced: {int((q.forced & q.forbidden).sum())} site(s) are forced and forbidden at once")
    if not faults and q.left < 0:
        asked = float(q.cost[q.forced].sum())
        faults.append(f"limit: {q.limit:g}, but forced sites alone take {asked:g}")
    if len(q.group) and (q.group.min() < -1 or q.group.max() >= max(len(q.floor), 1)):
        faults.append(f"group: numbers must be -1 or 0..{len(q.floor) - 1}")
    return faults
