.PHONY: help setup check test gate demo docs bench lock
help: ## list of the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/	/' | expand -t 10
setup: ## make .venv and install from the lock
	@scripts/setup --dev
check: ## what the continuous check runs
	@.ci/run
test: ## the tests
	@scripts/test
gate: ## every gold set against its floor
	@scripts/gate
demo: ## read the examples, print the ledger, write dossier.html
	@scripts/demo
docs: ## write the output that README and tutorial show anew
	@scripts/setup --dev && .venv/bin/python tests/test_docs.py
bench: ## speed and memory of a full run
	@scripts/setup && .venv/bin/python bench/run.py --reports ../shared/data/gva
lock: ## remake the lock files (needs uv)
	@scripts/lock
