"""Looks for what the checks need beside Python: a browser and Chinese fonts. In CI, as root, it installs them."""

import os
import shutil
import subprocess
import sys


def missing() -> list[str]:
    """Debian packages that are not there."""
    packages = []
    if not shutil.which("chromium"):
        packages.append("chromium")
    fonts = (
        subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
        if shutil.which("fc-list")
        else None
    )
    if fonts is None or not fonts.stdout.strip():
        packages.append("fonts-noto-cjk")
    return packages


def main() -> int:
    packages = missing()
    if not packages:
        return 0
    if (
        os.environ.get("CI")
        and hasattr(os, "geteuid")
        and os.geteuid() == 0
        and shutil.which("apt-get")
    ):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", *packages],
            check=True,
            env=quiet,
            stdout=subprocess.DEVNULL,
        )
        return 0
    print(
        f"missing: {' '.join(packages)}; browser tests will be skipped (Debian: apt-get install {' '.join(packages)})"
    )
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
