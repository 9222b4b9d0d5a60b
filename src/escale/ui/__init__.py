"""Base templates, components, tokens; knows no service."""
