"""The public network of places: list, map, page, open data, and the space of those who keep a page."""
