"""Tables of the directory, by noun."""

from escale.capabilities.directory.models.listing import Listing, OpenSpan
from escale.capabilities.directory.models.received import Claim, Report, Resemblance

__all__ = ["Claim", "Listing", "OpenSpan", "Report", "Resemblance"]
