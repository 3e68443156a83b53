# One command to read the map, one to test it. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
CANARY := .canary
# node and npm come as a Python package.
NPM := PATH="$(abspath $(BIN)):$$PATH" npm

.PHONY: help run check test lint format scripts bench load growth audit lock wheel icons canary clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

run: $(VENV)/.run ## serve the story map at http://localhost:8501 (PORT=…; ATLAS=FOLDER follows each save)
	$(BIN)/story-atlas $(if $(ATLAS),preview "$(abspath $(ATLAS))",run) --port $(PORT)

check: test ## everything that must hold: all of `lint`, then all tests

test: lint $(VENV)/.chromium $(VENV)/.nginx ## lint, types, unit, app and browser tests, and what they reach in each file
	$(BIN)/pytest --cov -m "not browser" -n auto --dist loadfile
	$(BIN)/pytest -m browser -n 2 --dist loadfile

lint: $(VENV)/.dev $(VENV)/.node ## style, types and the wall between the rooms; unit tests of the scripts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run -s lint
	$(NPM) run -s types
	$(NPM) run -s test

format: $(VENV)/.dev $(VENV)/.node ## put the code into shape
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(NPM) run -s format

scripts: $(VENV)/.node ## bundle the JavaScript modules into the files that browsers get
	$(NPM) run -s build

bench: $(VENV)/.chromium ## speed of this map beside a plain one and a bare page
	$(BIN)/python -m bench

load: $(VENV)/.dev ## how many readers this machine holds
	$(BIN)/python -m bench.load

growth: $(VENV)/.chromium ## how the map grows from 4 to 2,891 divisions
	$(BIN)/python -m bench.growth

audit: $(VENV)/.dev ## licences and known vulnerabilities of what is deployed
	$(BIN)/python -m bench.audit

lock: $(VENV)/.dev ## pin anew everything that is deployed or tested
	$(BIN)/uv pip compile -q --universal --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
		--upgrade pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
		--upgrade --constraint requirements.txt --group dev pyproject.toml -o requirements-dev.txt

wheel: $(VENV)/.dev ## build the package
	$(BIN)/uv build --wheel -q

icons: $(VENV)/.dev ## draw the outlines of the icons that stories/view/icons.json names
	$(BIN)/uv run -q --no-project --python $(BIN)/python --with fonttools --with brotli tools/icons.py

canary: $(VENV)/.chromium ## test what rests on Streamlit's inside with the newest releases
	$(BIN)/uv venv -q --clear --python $(BIN)/python $(CANARY)
	$(BIN)/uv pip install -q --python $(CANARY)/bin/python -r requirements-dev.txt
	$(BIN)/uv pip install -q --python $(CANARY)/bin/python --upgrade streamlit streamlit-folium folium
	$(CANARY)/bin/python -m pytest -m shell

clean: ## remove what make made
	rm -rf $(VENV) $(CANARY) node_modules dist

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 …"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/.python
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/.run
	$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(VENV)/.node: package.json package-lock.json .npmrc $(VENV)/.dev
	$(NPM) ci --silent
	@touch $@

$(VENV)/.chromium: tests/support/chromium.py $(VENV)/.dev
	$(BIN)/python -m tests.support.chromium
	@touch $@

$(VENV)/.nginx: tests/support/nginx.py $(VENV)/.dev
	$(BIN)/python -m tests.support.nginx
	@touch $@
