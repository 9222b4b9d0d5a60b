"""An installation as a folder: written by ``escale backup``, read by ``escale restore``, the same for both databases."""
