"""One flat recipe for each model that ships: run ``python -m diji.workbench.recipes.messages``."""
