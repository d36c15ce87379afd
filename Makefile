# Every target sets up what it needs, says what it does, and leaves alone what is up to date. The work is done by the
# scripts in .tools; ARGS="…" is handed on to them.

.DEFAULT_GOAL := help
.PHONY: help run dev test lint fmt release screenshots clean node
NODE ?= node

help: ## Lists these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: node ## Builds the release and serves it, with the demo: ARGS="--port 8080"
	@$(NODE) .tools/build.mjs
	@exec target/release/impasse serve $(ARGS)

dev: node ## Builds quickly, serves, and does so again at every change of a source
	@$(NODE) .tools/dev.mjs $(ARGS)

test: node ## Runs every test, on both databases and in a browser: ARGS="-p impasse-extract"
	@$(NODE) .tools/test.mjs $(ARGS)

lint: node ## Checks format, Clippy and documentation, warnings denied
	@$(NODE) .tools/lint.mjs

fmt: ## Formats the Rust sources
	@cargo fmt --all

release: node ## Builds one binary with everything inside and tells its path and size
	@$(NODE) .tools/build.mjs --size

screenshots: node ## Takes pictures of every layout into target/screenshots, to be looked at: ARGS="demo 360"
	@$(NODE) .tools/screenshots.mjs $(ARGS)

clean: ## Removes what was built here (not the tools in ~/.cache/impasse)
	@rm -rf target .tools/node_modules

node:
	@command -v $(NODE) >/dev/null || { echo "Node 20 or later is needed: https://nodejs.org" >&2; exit 1; }
	@$(NODE) -e 'if (parseInt(process.versions.node) < 20) { console.error("Node 20 or later is needed, this is " + process.version); process.exit(1) }'
