# ismsroles. `make` alone lists what there is.
VENV := .venv
PY := $(VENV)/bin/python
export VENV

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench soak screenshots lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\n  Choices for run: PORT=8000 DEMO=0 DATA_DIR=folder DATABASE_URL=... REDIS_URL=... (docs/operations.md)\n'

setup: ## make the virtual environment with what running and developing need
	@sh ismsroles/local/setup.sh dev

run: ## start everything on this machine; the first time with the demo organisation
	@sh ismsroles/local/setup.sh base
	@exec $(PY) -m ismsroles.local

test: ## check and test everything, on SQLite and PostgreSQL, with a browser (also what CI runs)
	@sh ismsroles/local/setup.sh dev
	@$(PY) -m tests.machine
	@exec $(PY) -m tests.everything

lint: setup ## the quick checks: style, imports, templates, migrations, settings
	@exec $(PY) -m tests.everything --only lint

bench: setup ## measure pages and PDFs against a floor and print the ratios
	@exec $(PY) -m bench

soak: setup ## long randomised runs: bytes, kill -9, histories; SEED=7 for another, SECONDS=600 for how long
	@exec $(PY) -m tests.soak

screenshots: setup ## pages and PDF as pictures in screenshots/
	@exec $(PY) -m tests.screenshots

lock: setup ## work out requirements/*.txt anew from requirements/*.in
	@sh requirements/lock.sh $(PY)

clean: ## remove what was made here, but not the data in var/
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache screenshots bench/results.json
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
