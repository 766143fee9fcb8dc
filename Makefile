# Okienko. `make help` lists the commands.
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench lock format openapi elasticsearch conformance

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## install what running and testing need (system libraries, .venv)
	@ops/setup tests

run: ## install, prepare and serve http://127.0.0.1:8000 (Ctrl-C stops everything)
	@ops/setup runtime
	@$(PYTHON) manage.py prepare --publications
	@exec $(PYTHON) ops/supervisor.py

test: ## install what tests need and run all tests
	@ops/setup tests
	@ops/test

check: ## ruff, mypy strict, import contract, migrations, API contract
	@ops/setup tests
	@ops/check

conformance: ## build all handbooks and printed catalogues and validate them with veraPDF
	@ops/setup tests
	@ops/conformance

bench: ## measure speed and memory against the stated targets, as ratios to a baseline of the same run
	@ops/setup tests
	@$(PYTHON) -m benchmarks

lock: ## pin requirements again (needs uv)
	@ops/lock

format: ## format the source
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

openapi: ## write docs/integrators/openapi.json from the code
	@$(PYTHON) manage.py export_openapi --out docs/integrators/openapi.json

elasticsearch: ## start a real Elasticsearch on port 9200 for development; data stay in var/elasticsearch
	@ops/setup tests
	@ops/elasticsearch/start-elasticsearch var/elasticsearch 9200
	@printf 'SEARCH_URL=http://127.0.0.1:9200/okienko\nstop: kill %s\n' "$$(cat var/elasticsearch/pid)"
