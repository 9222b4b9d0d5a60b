"""The rules of the field as pure Python: no clock, no database, no network."""
