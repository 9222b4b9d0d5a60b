"""Reads of the planner."""
