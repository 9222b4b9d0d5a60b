"""Calls for projects: four rooms in one order, committee → instruction → dossiers → schemes."""
