# Two commands do everything: `make run` starts the wizard, `make test` proves it. `make help` lists the others.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
unexport VIRTUAL_ENV
unexport PYTHONPATH

.DEFAULT_GOAL := setup
.PHONY: setup run test check bench lock wheel translations clean help system-packages

setup: $(VENV)/.run ## Install what the wizard needs into .venv

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed. Install it, or name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is needed (Debian: apt-get install python3-venv)."; exit 1; }
	@touch $@

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/.created
	@echo "Installing the wizard ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installing the tools of the tests ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/.run ## Start the wizard and print its address
	@exec $(BIN)/erp-wizard run

system-packages:
	@command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium ..."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  else echo "The browser tests need Chromium: sudo apt-get install chromium"; exit 1; fi; }

check: $(VENV)/.dev ## Style, types and layers
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

test: $(VENV)/.dev system-packages check ## Prove everything: style, types, layers, tests in a real browser, coverage
	@$(BIN)/pytest -q -n 2 --cov --cov-report=term --cov-fail-under=$(COVERAGE)
COVERAGE ?= 80

lock: ## Renew the lock files
	@$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/pip install --quiet uv
	@for set in "requirements.lock --extra build" "requirements-dev.lock --extra build --extra dev"; do set -- $$set; file=$$1; shift; \
	  $(VENV)-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$$@" pyproject.toml -o $$file; done
	@rm -rf $(VENV)-lock

wheel: $(VENV)/.dev ## Build dist/*.whl
	@$(BIN)/python -m build --quiet --no-isolation --wheel

translations: $(VENV)/.dev ## Collect new texts and compile the translations
	@$(BIN)/pybabel -q extract -F babel.cfg -o wizard/translations/messages.pot --no-location --sort-output .
	@$(BIN)/pybabel -q update -i wizard/translations/messages.pot -d wizard/translations --no-wrap
	@$(BIN)/pybabel -q compile -d wizard/translations

clean: ## Remove what was installed and built
	@rm -rf $(VENV) dist build .coverage .hypothesis .mypy_cache .ruff_cache .pytest_cache

help:
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14
