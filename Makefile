# Escale. The two commands of a newcomer: `make demo` and `make test`.
PORT ?= 8000
DATA ?= var
RESET ?=
ONLY ?=
PY = .venv/bin/python
.DEFAULT_GOAL = help
.PHONY: help install demo test check test-fast torture bench reference messages lock clean

help:
	@echo "make demo [PORT=8000] [DATA=var] [RESET=1]   the demonstration Region, served on 127.0.0.1"
	@echo "make test        everything: format, lint, contracts, types, both databases, browser, docs"
	@echo "make check       what needs no database        make test-fast   the suite on SQLite"
	@echo "make torture     the long fire                 make bench [ONLY=name]   figures, var/bench.json"
	@echo "make install     .venv/bin/escale, nothing started"

.venv/.run: requirements/run.txt requirements/uv.txt tools/install.sh tools/link.py
	@sh tools/install.sh run && touch $@
.venv/.test: requirements/test.txt .venv/.run
	@sh tools/install.sh test && touch $@

install: .venv/.run

demo: .venv/.run
	@$(PY) tools/demo.py --port $(PORT) --data $(DATA) $(if $(RESET),--reset)

test: .venv/.test
	@$(PY) tools/stages.py all
check: .venv/.test
	@$(PY) tools/stages.py check
test-fast: .venv/.test
	@$(PY) tools/stages.py fast
torture: .venv/.test
	@$(PY) tools/stages.py torture
bench: .venv/.test
	@$(PY) -m benchmarks $(ONLY)

# The pages of docs/reference that the code writes.
reference: .venv/.test
	@$(PY) tools/reference.py

# The English catalogue, from the sentences of today; says which have no English yet.
messages: .venv/.test
	@$(PY) tools/messages.py

# Renews the locks: names, versions and hashes, no address of any index.
lock: .venv/.test
	@for f in uv run test; do .venv/bin/uv pip compile -q --universal --python-version 3.12 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade requirements/$$f.in -o requirements/$$f.txt; done

clean:
	rm -rf .venv var
