"""The floor beside which pages are measured: bare views behind the same server, in the same run."""
