"""One machine for schemes and label referentials: draft, check, freeze, digest, amendments."""
