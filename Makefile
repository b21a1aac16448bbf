# Gongkai 公开. What each target does stands behind it; README tells what a fresh machine needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FILES ?=
OUT ?= build/examples

.PHONY: install run test bench lint lock clean

install: $(VENV)/.run-installed ## make .venv with what `gongkai` needs

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更高版本，当前是 %s" % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-installed: $(BIN)/python requirements/run.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev-installed: $(VENV)/.run-installed requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	touch $@

run: $(VENV)/.run-installed ## compile and check the examples, or FILES="…"; prints the path of one page with the results
	$(BIN)/python -m gongkai.examples --out "$(OUT)" $(FILES)

test: $(VENV)/.dev-installed ## all tests, the linter and the type checker
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/pytest -n auto

bench: $(VENV)/.dev-installed ## measure; prints ratios
	$(BIN)/python -m benchmarks

lint: $(VENV)/.dev-installed ## linter, formatter's opinion, types
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy

lock: ## renew the locked dependencies (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml requirements/build.in -o requirements/run.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --extra test --extra lint --extra bench -c requirements/run.lock pyproject.toml requirements/build.in -o requirements/dev.lock

clean:
	rm -rf $(VENV) build dist
