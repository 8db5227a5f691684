# make demo and make test prepare everything they need by themselves; a second run prepares nothing.
.PHONY: demo test lint prove bench clean browser
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Only what the lock file names, by its hashes; pip's own remarks are of no use to whoever starts this.
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --root-user-action=ignore --require-hashes
PYTEST_ARGS ?=
PORT ?= 8080

demo: $(VENV)/.run
	@$(BIN)/python -m bot demo --port $(PORT)

test: lint browser
	$(BIN)/coverage erase
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal --cov --cov-report= $(PYTEST_ARGS)
	$(BIN)/coverage report --include='handlers/*,knowledge_base/*' --fail-under=100

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Long: random histories, many kills, fuzzing.
prove: $(VENV)/.dev browser
	$(BIN)/pytest --timeout=3600 -o addopts=-q -s tests/prove $(PYTEST_ARGS)

# Writes the figures into docs/performance.md.
bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

# Chromium and PostgreSQL, for the tests only.
browser:
	@sh deploy/prepare.sh chromium postgresql

$(VENV)/bin/python:
	@sh deploy/prepare.sh python
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.run: requirements.lock $(VENV)/bin/python
	@echo "Preparing the Python packages (once) ..."
	@$(INSTALL) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/bin/python
	@echo "Preparing the Python packages for the tests (once) ..."
	@$(INSTALL) -r requirements-dev.lock
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
