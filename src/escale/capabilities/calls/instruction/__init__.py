"""How a filed dossier is examined: the desk, its clocks, what is asked, judged, proposed, and remembered."""
