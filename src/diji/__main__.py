"""`python -m diji` is `diji`."""

from diji.cli import main

main()
