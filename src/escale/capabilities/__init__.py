"""Services the Region offers; none imports another."""
