"""What time it is for the site, its worker and its commands."""
