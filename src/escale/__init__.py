"""Escale: a Region funds, labels and opens its network of third places."""
