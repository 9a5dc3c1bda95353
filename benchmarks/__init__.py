"""Measured figures: each module prints its own, beside a baseline of the same run and the machine's load."""
