"""Reads of the committee: sittings, rankings, envelopes, what was decided."""
