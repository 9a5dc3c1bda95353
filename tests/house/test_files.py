"""Files and functions are short, and nothing lies about that does not belong in the repository."""

import ast
import json
import re

from tests.house.make import ROOT, sources, tracked

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
_CODE = {".py", ".ts", ".tsx", ".js", ".mjs", ".css", ".toml", ".sh", ".yaml", ".yml", ".html"}
_UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
_REGISTRIES = re.compile(
    "|".join(
        [
            r"pypi\." + "org",
            r"python" + "hosted",
            r"registry\." + "npmjs",
            r"npm" + "mirror",
            r"registry\." + "yarnpkg",
            r"mirrors\.(aliyun|cloud|tuna)",
        ]
    )
)


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = {
        str(p.relative_to(ROOT)): lines
        for p in tracked()
        if p.suffix == ".py" and "versions" not in p.parts  # migrations are generated
        if (lines := len(p.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = {
        f"{source.name}: {node.name}": node.end_lineno - node.lineno + 1
        for source in sources()
        if "migrations" not in source.name
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_module_opens_with_one_sentence() -> None:
    silent = [s.name for s in sources() if not ast.get_docstring(s.tree)]
    assert silent == []


def test_nothing_is_left_for_later_in_a_comment() -> None:
    left = [
        f"{p.relative_to(ROOT)}:{number}"
        for p in tracked()
        if p.suffix in _CODE
        for number, line in enumerate(p.read_text(encoding="utf-8").splitlines(), 1)
        if _UNFINISHED.search(line)
    ]
    assert left == []


def test_no_address_of_a_package_registry_is_in_the_repository() -> None:
    named = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if _REGISTRIES.search(text):
            named.append(str(path.relative_to(ROOT)))
    assert named == []


def test_no_lock_file_carries_addresses() -> None:
    assert ROOT / "uv.lock" not in tracked()
    lock = ROOT / "web" / "package-lock.json"
    if lock.exists():
        packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
        assert [name for name, about in packages.items() if "resolved" in about] == []


def test_every_test_folder_mirrors_a_room_or_says_what_it_is() -> None:
    others = {"stories", "house", "browser", "judged", "benchmarks", "scripts", "docs"}
    rooms = {s.room for s in sources()}
    folders = {p.relative_to(ROOT).parts[1] for p in tracked() if p.is_relative_to(ROOT / "tests")}
    assert {f for f in folders if "." not in f} - rooms - others == set()
