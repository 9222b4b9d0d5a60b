"""Writes of dossiers: begin, save, attach, file, withdraw."""
