"""Diji 地基: AI lays the foundation, people build the tower."""
