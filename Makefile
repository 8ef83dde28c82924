# Two commands do everything: `make serve` and `make test`. The rest are for who works on the project.
# Works offline once installed: a target installs only when pyproject.toml is newer than what is there.

PYTHON ?= python3
# What brings torch in for the extra `transformers` (README: other machines, CPU builds).
TORCH ?= torch==2.13.0
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Byte code is made when a module is first used; without it the install is a quarter smaller.
INSTALL := $(PIP) install --quiet --no-compile

.PHONY: serve test setup setup-test check gen bench peers soak model evaluate clean browser node

serve: setup ## installs, ingests the bundled data on first start, serves on http://127.0.0.1:8000
	$(BIN)/resurse serve

setup: .venv/.setup ## the light install: no torch

.venv/.setup: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(INSTALL) --editable .
	touch $@

setup-test: .venv/.setup-test browser node

.venv/.setup-test: .venv/.setup
	$(BIN)/python -c "import torch" 2>/dev/null || $(INSTALL) "$(TORCH)"
	$(INSTALL) --editable ".[transformers,test]"
	touch $@

browser: .venv/.setup-test
	@$(BIN)/python -m tests.browser.install

node:
	@if command -v npm >/dev/null 2>&1; then \
	  if [ ! -d tests/browser/node_modules ] || [ tests/browser/package-lock.json -nt tests/browser/node_modules ]; then \
	    cd tests/browser && npm ci --silent --no-audit --no-fund && touch node_modules; fi; \
	else echo "!! No Node.js here: the checks by axe-core and the Nu HTML checker do NOT run."; fi

test: setup-test ## every test, with the extra `transformers`
	$(BIN)/python -m pytest -m "not soak"

check: .venv/.setup-test ## style, types, floors, generated files fresh
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m api.generate --check

gen: .venv/.setup ## writes the generated files
	$(BIN)/python -m api.generate

bench: .venv/.setup-test ## every figure as a ratio to a named limit or peer of the same run
	$(BIN)/python -m tests.bench

peers: ## what `make bench` measures itself against, in an environment of its own
	test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip --disable-pip-version-check install --quiet --no-compile "datasette>=0.65" "datasette-graphql>=2.2" "$(TORCH)" "txtai>=9.14"

soak: setup-test ## heavy runs: kills at random moments, the whole city, large tables
	$(BIN)/python -m pytest -m soak

model: .venv/.setup-test ## trains the bundled search model again
	$(BIN)/python -m graph.search.training

evaluate: .venv/.setup ## how good search and matching are, beside plain baselines
	$(BIN)/resurse evaluate search
	$(BIN)/resurse evaluate match
	$(BIN)/resurse evaluate grants

clean: ## removes what make made, the data apart
	rm -rf .venv .venv-peers tests/browser/node_modules .pytest_cache .mypy_cache .ruff_cache
