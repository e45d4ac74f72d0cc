# Everything a newcomer needs: `make run` to see it, `make test` to check it. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
GAZETTEER_HOME ?= var
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test quick coverage fix docs bench pins clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: .venv/installed ## Make .venv with the pinned packages and Gazetteer itself

install-dev: .venv/installed-dev ## The same, and what the tests need

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Gazetteer needs Python 3.11 or newer.")'
	$(PYTHON) -m venv .venv

# The pins are complete, so pip resolves nothing (--no-deps). Left to resolve, it asks for `coverage[toml]` beside the pinned
# `coverage`, takes the newest release of it, which no hash vouches for, and refuses the whole file.
.venv/installed: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing the pinned packages …"
	$(PIP) install --no-deps --require-hashes -r requirements.txt
	$(PIP) install --no-deps --editable .
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing what the tests need …"
	$(PIP) install --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

# The Nu checker comes from npm. Where npm is missing or offline, `make test` says that it left Nu out.
tests/node_modules: tests/package.json tests/package-lock.json
	@if command -v npm >/dev/null; then \
	  npm ci --prefix tests --ignore-scripts --no-audit --no-fund --loglevel=error && touch $@ || true; \
	fi

run: export GAZETTEER_HOME := $(GAZETTEER_HOME)
run: export SITE_URL ?= http://127.0.0.1:$(PORT)
run: install ## Fill the demo once into ./var and serve it on http://127.0.0.1:8000 (PORT=, GAZETTEER_HOME=)
	@$(BIN)/gazetteer demo --once
	@exec $(BIN)/gazetteer serve --port $(PORT)

test: install-dev tests/node_modules ## Run every check; REQUIRE_ALL=1 fails where a tool is missing
	@$(BIN)/python -m tests.everything

quick: install-dev ## Lint, types and the tests on SQLite only
	@$(BIN)/python -m tests.everything ruff djade layers types migrations SQLite

coverage: install-dev ## The tests on SQLite, and what they do not reach
	@$(BIN)/python -m pytest -q -m "not browser" --cov --cov-report=term:skip-covered

fix: install-dev ## Mend what the formatters can
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .
	@find gazetteer -path '*/templates/*' -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

docs: install-dev ## Write the pages of docs/ that are made from the code
	@$(BIN)/python -m docs.generate

bench: install-dev ## Measure pages and the desk's lists at two sizes, side by side (minutes)
	@$(BIN)/python -m bench

PINS := uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --custom-compile-command "make pins" pyproject.toml

pins: ## Pin what pyproject.toml asks for anew, keeping the versions that still fit (needs uv)
	$(PINS) --output-file requirements.txt
	$(PINS) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## Remove .venv and what the tools keep; never ./var
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov tests/node_modules
