# Everything a builder does, by name. `just check` is what CI runs.

export PATH := justfile_directory() / ".venv/bin:" + env("PATH")

# List what there is
default:
    @just --list

# All checks: format, lint, contracts, types, Python tests, web, browser
check: needs style contracts types test web browser
    @echo "all checks passed"

# Install what the checks need from Debian when running as root in CI; elsewhere say what is missing
needs:
    python scripts/needs.py

# Format and lint
style:
    ruff format --check .
    ruff check .

# Import contracts: rooms call down only
contracts:
    lint-imports

# Types
types:
    mypy src tests benchmarks scripts

# Python tests (browser tests apart)
test *args:
    pytest --ignore=tests/browser {{ args }}

# Types, lint, tests and build of the screen
web:
    cd web && npm run check

# Tests in a real browser
browser *args:
    pytest tests/browser {{ args }}

# Repair what can be repaired by machine
fix:
    ruff check --fix .
    ruff format .
    cd web && npm run format

# Describe the HTTP face anew and generate the client
client:
    diji openapi > web/openapi.json
    cd web && npm run api

# Write a migration for what the models say now
migration message:
    python scripts/new_migration.py "{{ message }}"

# The measured figures; each prints its machine load and its baseline
bench name *args:
    python -m benchmarks.{{ name }} {{ args }}
