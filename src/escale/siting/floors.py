"""Prices of the floors, from the linear relaxation: how much coverage one person of a floor costs."""

from dataclasses import replace

import highspy
import numpy as np

from escale.siting.arrays import Floats
from escale.siting.bounds import dyadic
from escale.siting.exact import model, scaled
from escale.siting.merge import Merged


def floor_prices(m: Merged) -> Floats | None:
    """Multipliers (G,) of the floors, or None when even parts of sites cannot keep them.

    Any multipliers at least 0 prove a bound; these make it tight. None is only said when the floors ask for
    more than the linear solver's proof leaves, or than the rows hold.
    """
    held = np.bincount(m.group[m.group >= 0], m.weight[m.group >= 0], len(m.need))
    if (m.need > held + 1e-6 + 1e-12 * float(held.sum())).any():
        return None
    highs = model(scaled(m)[0], whole_sites=False)
    highs.setOptionValue("threads", 1)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    prices = np.zeros(len(m.need))
    asked = np.flatnonzero(m.need > 0)
    duals = np.asarray(highs.getSolution().row_dual)
    if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal and len(asked):
        prices[asked] = np.abs(duals[-len(asked) :])
    return dyadic(prices)


def priced(m: Merged, prices: Floats) -> Merged:
    """The same question without floors, weights counted 1 + price of their group times."""
    factor = np.concatenate((1.0 + prices, [1.0]))
    return replace(m, weight=m.weight * factor[m.group], need=np.zeros(0))
