"""Tables of the directory, by noun."""

from escale.capabilities.directory.models.intake import Intake
from escale.capabilities.directory.models.listing import Listing, OpenSpan, Record
from escale.capabilities.directory.models.received import Claim, Report, Resemblance

__all__ = ["Claim", "Intake", "Listing", "OpenSpan", "Record", "Report", "Resemblance"]
