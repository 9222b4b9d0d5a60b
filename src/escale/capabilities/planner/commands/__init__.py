"""``escale plan``: the planner on files alone, without database, network or settings."""
