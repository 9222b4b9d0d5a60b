"""The numeric core of the planner: arrays in, arrays out; knows no database and no framework."""
