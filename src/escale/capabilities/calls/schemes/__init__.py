"""Schemes: written as data, published as frozen editions, shown, tried by anyone."""
