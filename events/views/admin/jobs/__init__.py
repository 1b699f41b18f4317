"""The jobs page: what runs, how far it is, what came of it, why it failed; trying again and calling off."""
