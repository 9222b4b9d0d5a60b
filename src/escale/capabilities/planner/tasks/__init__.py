"""Background work of the planner. Only ``running`` is loaded by the site: the numeric core stays with the worker."""
