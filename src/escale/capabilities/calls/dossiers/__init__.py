"""Dossiers: filling, partners, pieces, money, filing, follow-up."""
