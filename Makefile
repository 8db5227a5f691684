# make demo and make test prepare everything they need by themselves; a second run prepares nothing.
.PHONY: demo test lint prove bench clean browser
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?=

demo: $(VENV)/.run
	@$(BIN)/python -m bot demo

test: lint browser
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PYTEST_ARGS)
	$(BIN)/coverage report --include='handlers/*,knowledge_base/*'

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

prove: $(VENV)/.dev browser
	$(BIN)/pytest --timeout=3600 -o addopts=-q -s tests/prove $(PYTEST_ARGS)

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

# Chromium and PostgreSQL, for the tests only.
browser:
	@sh deploy/prepare.sh chromium postgresql

$(VENV)/bin/python:
	@sh deploy/prepare.sh python
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock $(VENV)/bin/python
	@echo "Preparing the Python packages (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/bin/python
	@echo "Preparing the Python packages for the tests (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
