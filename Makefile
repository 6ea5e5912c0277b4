# Two commands matter: `make chat` and `make test`. Both make the environment first.
SHELL := /bin/sh
BIN := .venv/bin
USER_STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev
RECIPE := pyproject.toml constraints.txt .ci/environment

export HF_HUB_OFFLINE ?= $(if $(filter test% lint suite,$(MAKECMDGOALS)),1,0)

.PHONY: help chat env test suite lint wheel test-kill eval bench bench-index clean

help:
	@echo "make chat        make the environment, reindex documents/ and open the chat"
	@echo "make test        make the environment and run every check"
	@echo "make lint        format, lint, types, layers"
	@echo "make test-kill   kill reindex again and again and look for damage"
	@echo "make eval        print the figures of the labelled questions"
	@echo "make bench       write the figures of speed and memory, and a profile"
	@echo "make bench-index print the figures of the index: sizes, hostile files, readers"
	@echo "make env         make the environment with everything a developer needs"

$(USER_STAMP): $(RECIPE)
	@sh .ci/environment $@

$(DEV_STAMP): $(RECIPE)
	@sh .ci/environment $@ "[dev]"
	@touch $(USER_STAMP)

env: $(DEV_STAMP)

# Exit code 1 says that some documents failed; the others can be asked.
chat: $(USER_STAMP)
	@$(BIN)/briefwell reindex || [ $$? -eq 1 ]
	@$(BIN)/briefwell serve --open

lint: $(DEV_STAMP)
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Side by side: the suite waits for pages, servers and disks for a third of its time.
test: $(DEV_STAMP)
	@$(MAKE) --no-print-directory -j 3 lint suite wheel

suite: $(DEV_STAMP)
	@# By file: what a file sets up (an index, a server, a browser) is set up once.
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

# The wheel alone, without the checkout, must start.
wheel: $(DEV_STAMP)
	@sh .ci/wheel

test-kill: $(DEV_STAMP)
	$(BIN)/python -m pytest -m kill tests

eval: $(DEV_STAMP)
	$(BIN)/briefwell eval tests/eval/samples

bench: $(DEV_STAMP)
	$(BIN)/python -m benchmarks.speed $(BENCH)
	$(BIN)/python -m benchmarks.profiling

bench-index: $(DEV_STAMP)
	$(BIN)/python -m benchmarks.bench_index $(BENCH)

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
