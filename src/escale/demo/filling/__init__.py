"""Volume: many dossiers by bulk writes, the same for a seed, each whole and chained as if it had been filed."""
