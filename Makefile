# What people who work on the box type. Users need none of this: the README's two commands are enough.
PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)
SEEDS ?= 1 2 3
QUICK ?=

.PHONY: help dev check test journeys torture bench screenshots icons docs lock package

help:        ## Show what can be made
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/bin/wablast-box: pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install -q -e ".[test]"
	@touch $@

dev: .venv/bin/wablast-box  ## Install for development and start the demo
	.venv/bin/wablast-box demo

check:       ## What to run before every commit: linters, types and the fast tests side by side, in under a minute
	@$(MAKE) -s -j3 --output-sync=target lint fast-engine fast-edge

# Not among them: storms, browsers, and real processes that are started and stopped.
FAST = $(PYTHON) -m pytest -m "not slow" -p no:cacheprovider

.PHONY: lint fast-engine fast-edge
lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy

fast-engine:
	$(FAST) tests/engine

fast-edge:
	$(FAST) tests/architecture tests/contract tests/lib tests/simulator tests/web

test:        ## Every test
	$(PYTHON) -m pytest

journeys:    ## The stories that a real browser plays
	$(PYTHON) -m pytest tests/journeys

torture:     ## Long storms with kill -9 at random moments, once for each of SEEDS
	$(PYTHON) -m tests.storm $(SEEDS)

bench:       ## One table of figures beside their limits; QUICK=1 takes two minutes, RECORD=1 writes docs/bench.md
	$(PYTHON) -m tests.bench $(if $(QUICK),--quick) $(if $(RECORD),--record)

screenshots: ## The pictures of docs/screens
	$(PYTHON) -m tests.journeys.screenshots

icons:       ## The pictures of the installed app, from its SVG
	$(PYTHON) -m tests.journeys.icons

docs:        ## The generated pages of docs/reference
	$(PYTHON) docs/generate_reference.py

lock:        ## Pin every package with its digests, for installs that must not vary
	$(PYTHON) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --custom-compile-command "make lock" -o constraints.txt pyproject.toml >/dev/null
	$(PYTHON) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --custom-compile-command "make lock" -o constraints-test.txt --extra test pyproject.toml >/dev/null

package:     ## The sdist and the wheel, in dist/
	$(PYTHON) -m pip install -q build
	$(PYTHON) -m build
