SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help install demo test check bench format journeys run messages lock

BIN := .venv/bin
PORT ?= 8000
PO := $(wildcard locale/*/LC_MESSAGES/*.po locale/*/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
STATIC := $(shell find static cms/static events/static -type f 2>/dev/null)
# The locks were compiled for the oldest Python that is promised; newer ones take the same files.
# Extras stay in the locks: pip looks for the newest release of `coverage[toml]` where only `coverage` is locked.
COMPILE = $(BIN)/uv pip compile --quiet --no-strip-extras --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11.7

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1\t\2/' | while IFS=$$'\t' read -r name note; do printf '  make %-10s %s\n' "$$name" "$$note"; done

install: .venv/.installed var/static/.collected $(MO) ## the virtual environment with everything that demo and test need

.venv/.installed: requirements/base.txt requirements/dev.txt tools/install.sh
	@tools/install.sh
	@touch $@

%.mo: %.po tools/messages.py tools/borrowed.py tools/catalogue.py .venv/.installed
	@$(BIN)/python tools/messages.py compile

var/static/.collected: .venv/.installed $(STATIC)
	@echo "Collecting static files"
	@DEBUG=on $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

demo: install ## the site with sample content, web and worker and clock in one, at http://127.0.0.1:8000 (PORT=)
	@$(BIN)/python tools/demo.py $(PORT)

test: install ## all tests that can run here, on every core; ends with those that cannot, and why (ARGS="-k calendar")
	@$(BIN)/pytest -n auto $(ARGS)

check: install ## before a commit: format, lint, storeys, types, migrations, Turkish, deployment, tests with coverage
	@tools/check.sh

bench: install ## how fast, each figure beside its floor
	@$(BIN)/python -m benchmarks $(ARGS)

format: install ## bring code and templates into form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix . && $(BIN)/djangofmt templates

journeys: install ## the product's promise, told by its tests
	@$(BIN)/pytest tests/journeys -v

run: install ## the development server with reloading (PORT=)
	@$(BIN)/python tools/make_keys.py
	@DEBUG=on $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

messages: install ## bring the Turkish catalogue up to the source, and say what it lacks
	@$(BIN)/python tools/messages.py update && $(BIN)/python tools/messages.py check

lock: install ## compile requirements/*.in anew (UPGRADE=--upgrade)
	@cd requirements && ../$(COMPILE) $(UPGRADE) base.in -o base.txt && ../$(COMPILE) $(UPGRADE) dev.in -o dev.txt
