"""Pages of calls: what everybody reads, and what their service prepares."""
