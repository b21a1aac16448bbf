# Gongkai 公开. What each target does stands behind it; README tells what a fresh machine needs first.
PYTHON ?= python3
VENV := .venv
FILES ?=
OUT ?= build/examples
BIN := $(VENV)/bin

.PHONY: install run examples browser test bench lint lock clean

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

run: $(VENV)/.run-installed ## the site with a demonstration district; prints its address and who may sign in
	$(BIN)/python -m gongkai.office demo

examples: $(VENV)/.run-installed ## compile and check example reports, or FILES="…"; prints the path of one page with the results
	$(BIN)/python -m gongkai.examples --out "$(OUT)" $(FILES)

browser: ## a browser and Chinese fonts for the page tests, where this user may install them
	./tests/browser/install

test: $(VENV)/.dev-installed browser ## all tests: linter, types, both databases, other days, the screens in a browser
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadgroup --no-loadscope-reorder
	$(BIN)/pytest -n auto --dist loadgroup --no-loadscope-reorder --postgresql tests/office
	$(BIN)/pytest -n auto --dist loadgroup --no-loadscope-reorder --today=2027-03-01 tests/law tests/letters tests/office
	$(BIN)/pytest -n auto --dist loadgroup --no-loadscope-reorder --today=2031-06-01 tests/law tests/letters tests/office

bench: $(VENV)/.dev-installed ## measure; prints ratios
	$(BIN)/python -m benchmarks

lint: $(VENV)/.dev-installed ## linter, formatter's opinion, types
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy

lock: ## renew the locked dependencies (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --extra office pyproject.toml requirements/build.in -o requirements/run.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --extra office --extra test --extra lint --extra bench -c requirements/run.lock pyproject.toml requirements/build.in -o requirements/dev.lock

clean:
	rm -rf $(VENV) build dist
