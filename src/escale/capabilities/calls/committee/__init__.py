"""The committee's opinion, then the vote of the assembly: sittings, rankings, envelopes, what was decided."""
