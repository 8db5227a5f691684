"""Measurements: `make bench`. Figures are ratios of things that ran side by side, since machines differ."""
