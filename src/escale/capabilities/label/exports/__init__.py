"""What the label gives to machines: signed badges, tables of the board."""
