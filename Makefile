PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate $(UPGRADE)

PYBABEL := $(BIN)/pybabel --quiet

# Debian's packages that the tests need and that are not there yet.
MISSING := $(if $(wildcard /usr/bin/chromium),,chromium fonts-liberation) \
	$(if $(wildcard /usr/lib/postgresql/*/bin/initdb),,postgresql)

# One worker more than there are processors: tests of what is slow or silent wait. Four need 2 GB.
WORKERS := $(shell workers=$$(($$(nproc) + 1)); echo $$((workers < 4 ? workers : 4)))

# Files in the order of their folders: browser first, where a file takes a minute, and unit and wire at the end.
PYTEST = $(BIN)/python -m pytest --quiet --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.PHONY: setup run test test-postgresql bench lint types layers pytest system-packages translations reasons wheel lock clean help

setup: .venv/ready ## put the program and what it needs into .venv (the default)
	@echo "Ready. Start it with 'make run', or see $(BIN)/erp-wizard --help"

run: .venv/ready ## start the wizard and print its address
	@exec $(BIN)/erp-wizard run

test: lint types layers pytest ## all checks and tests, in a real browser too

lint: .venv/ready-dev ## style
	@echo "== style"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "'$(BIN)/ruff format .' mends these:" >&2; \
		$(BIN)/ruff format --check . --output-format concise >&2; exit 1; }

types: .venv/ready-dev ## types
	@echo "== types"
	@$(BIN)/mypy

layers: .venv/ready-dev ## which room may import which
	@echo "== layers"
	@$(BIN)/lint-imports --no-cache --no-logo

pytest: .venv/ready-dev system-packages ## tests, with branch coverage
	@echo "== tests"
	@$(PYTEST) --cov

test-postgresql: .venv/ready-dev system-packages ## the functional tests that need a database once more, on a real PostgreSQL server
	@$(PYTEST) --postgresql tests/functional

bench: .venv/ready-dev ## measure the bars, as ratios; writes bench.json
	@$(BIN)/python -m tests.bench

system-packages: ## Chromium and PostgreSQL, which the tests need
	@set -- $(MISSING); test $$# -eq 0 && exit; \
	if test "$$(id -u)" -eq 0 && command -v apt-get >/dev/null; then \
		echo "Installing $$*"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$$@" >/dev/null; \
	else \
		echo "The tests need Chromium and PostgreSQL. Run this first: sudo apt-get install $$*" >&2; exit 1; \
	fi

translations: .venv/ready ## put new texts into wizard/translations/*/LC_MESSAGES/*.po, for translating
	@mkdir -p build
	@$(PYBABEL) extract --mapping-file pyproject.toml --keywords _l --add-location file --sort-by-file \
		--output-file build/messages.pot .
	@$(PYBABEL) update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 110 \
		--input-file build/messages.pot --output-dir wizard/translations

reasons: .venv/ready-dev ## write docs/reasons.md from the tables of reasons and signs
	@mkdir -p build
	@$(BIN)/python -m tests.reasons_page > build/reasons.md
	@mv build/reasons.md docs/reasons.md

wheel: .venv/ready-dev ## build dist/*.whl
	@$(BIN)/python -m build --no-isolation --wheel --outdir dist .

lock: .venv/ready-dev ## pin what pyproject.toml asks for; UPGRADE=--upgrade takes newer versions
	@$(PIP) install "$$($(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["lock"])')"
	@$(LOCK) --group dev pyproject.toml --output-file requirements-dev.lock
	@$(LOCK) --group run pyproject.toml --constraint requirements-dev.lock --output-file requirements.lock

clean: ## remove all that make made; instance/ with its data stays
	@rm -rf .venv dist build .coverage .coverage.* htmlcov .hypothesis .mypy_cache .ruff_cache .pytest_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@sed -n 's/^\([a-z-]*\):.* ## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name meaning; do \
		printf '%-16s %s\n' "$$name" "$$meaning"; done

.venv/ready: requirements.lock pyproject.toml $(wildcard wizard/translations/*/LC_MESSAGES/*.po) | .venv/bin/python
	@echo "Installing the program (about half a minute)"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-dev: requirements-dev.lock .venv/ready
	@echo "Installing the tools for tests"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; '$(PYTHON)' is not. Name another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; \
		echo "Python cannot make a virtual environment. On Debian: sudo apt-get install python3-venv" >&2; exit 1; }
