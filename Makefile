PORT ?= 8000
PYTHON ?= python3
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run setup lint format test check crawl lock

help: ## List these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

# Everything that a demonstration on this machine needs; real hosts set their own environment (.env.example).
# Stories that no longer fit a record that officials have changed keep nobody from the site.
run: export DEBUG = true
run: export SECOND_FACTOR = false
run: export SITE_URL = http://127.0.0.1:$(PORT)
run: export DJANGO_RUNSERVER_HIDE_WARNING = true
run: .venv/installed-site ## Run the site with the season 2023/24 on http://127.0.0.1:8000 (PORT=8001 for another)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_season data/2023-24 --if-missing
	-@$(PY) manage.py load_news data/news --if-empty
	@$(PY) manage.py demo_accounts
	@$(PY) manage.py runserver 127.0.0.1:$(PORT)

setup: .venv/installed-dev ## Install what tests and linters need into .venv

lint: .venv/installed-dev ## Check style, types of the pure packages, and templates
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m djlint --lint --quiet templates

format: .venv/installed-dev ## Mend the style of Python files
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

test: .venv/installed-dev ## Run all tests; gets a Chromium for the browser tests where there is none
	@$(PY) -m tools.browser --install || true
	$(PY) -m pytest -n auto

check: lint test ## lint and test

crawl: export DEBUG = true
crawl: .venv/installed-dev ## Visit every page in a browser: links, other hosts, accessibility in four views
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_season data/2023-24 --if-missing
	@$(PY) manage.py load_news data/news --if-empty
	@$(PY) -m tools.crawl

lock: .venv/bin/python ## Lock the requirements*.in anew (needs uv)
	uv pip compile requirements.in -o requirements.txt $(LOCK)
	uv pip compile requirements-production.in -o requirements-production.txt -c requirements.txt $(LOCK)
	uv pip compile requirements-dev.in -o requirements-dev.txt -c requirements-production.txt $(LOCK)

LOCK = --quiet --no-strip-extras --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or later is needed; \"$(PYTHON)\" is `$(PYTHON) --version 2>&1 || true`."; \
		echo "Install one, or name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make virtual environments."; \
		echo "On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed-site: requirements.txt | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/installed-site
