"""How fast: ``make bench`` prints each figure beside its floor, measured in the same run."""
