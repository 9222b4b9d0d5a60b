"""Communes and their history, populations by year, groupings, zones, distances and travel times."""
