"""What happened to each stateful thing; the only code that moves a state."""
