# make site | serve | check | verify | test | lint | bench | pictures | lock | clean
# Everything runs in .venv/, made from the locked requirements; nothing is installed elsewhere but Chromium, for tests.

PYTHON ?= python3
PORT ?= 8000
SIZES ?= 100 1000 10000
VENV := .venv
RUN := $(VENV)/bin/python
export NO_MKDOCS_2_WARNING = 1

.PHONY: site serve check verify test lint bench pictures lock browser clean help

help:
	@sed -n '1,2s/^# //p' Makefile

site: $(VENV)/.ready  ## check the briefings and build site/
	$(RUN) hooks build

serve: $(VENV)/.ready  ## the site at http://127.0.0.1:8000, rebuilt at every change
	$(RUN) -m mkdocs serve --livereload --dev-addr 127.0.0.1:$(PORT)

check: $(VENV)/.ready  ## every problem of the briefings, with file, line and column
	$(RUN) hooks check

verify: $(VENV)/.ready  ## match every quotation in its source's text, and write the lock
	$(RUN) hooks verify

test: $(VENV)/.ready-dev browser  ## all tests
	$(RUN) -m pytest

lint: $(VENV)/.ready-dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

bench: $(VENV)/.ready-dev browser  ## measure what we claim on speed; SIZES="100 1000" leaves out the longest searches
	$(RUN) bench/run.py
	$(RUN) bench/search.py --sizes $(SIZES)

pictures: site $(VENV)/.ready-dev browser  ## the README's pictures, from the built site
	$(RUN) docs/pictures/take.py

lock: $(VENV)/.ready-uv  ## write the locks anew from requirements*.in
	$(VENV)/bin/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet requirements.in -o requirements.txt
	$(VENV)/bin/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf $(VENV) .build site

browser:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then exit 0; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -q -y chromium; \
	elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then sudo apt-get update -q && sudo apt-get install -q -y chromium; \
	else echo "The tests need Chromium: install the package 'chromium', then run make test again." >&2; exit 1; fi

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Verbatim needs Python 3.11 or newer: make PYTHON=python3.12 site" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.txt | $(VENV)/bin/python
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.ready-uv: | $(VENV)/bin/python
	$(VENV)/bin/pip install --quiet --disable-pip-version-check 'uv>=0.5'
	@touch $@
