"""What people type about organisations and the Region's own people, checked; nothing is saved here."""
