"""Learning: what the shop teaches the machine, and the recipes that fit its models."""
