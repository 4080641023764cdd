# A thin front door: what each target does stands in scripts/. The Node that runs them comes from npm; the machine's own only installs.

NODE := PATH="$(CURDIR)/node_modules/.bin:$(PATH)" node_modules/.bin/node
INSTALLED := node_modules/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test check conformance bench fuzz soak gen gen-check dist screenshots pack clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(INSTALLED) ## Build, start the plugin with sample files, and show it at work in a browser
	@$(NODE) scripts/demo.ts

test: $(INSTALLED) ## Run everything: check, dist, the tests of the process, the Go host
	@$(NODE) scripts/test.ts

check: $(INSTALLED) ## Say yes or no in a minute: format, lint, types, imports, stubs in step, unit tests
	@$(NODE) scripts/check.ts

conformance: $(INSTALLED) ## Let hosts and plugins in Go, TypeScript and Python meet; CELLS='--host go' takes a part
	@$(NODE) scripts/conformance.ts $(CELLS)

bench: $(INSTALLED) ## Measure against Go, and write bench/README.md; SCENARIOS='1m*,select1' PASSES=2 prints a part
	@$(NODE) scripts/bench.ts $(if $(SCENARIOS),--scenarios '$(SCENARIOS)') $(if $(PASSES),--passes $(PASSES))

fuzz: $(INSTALLED) ## Attack the executable with 100,000 statements and 10,000 requests of chance; some 20 minutes
	@$(NODE) scripts/fuzz.ts $(ARGS)

soak: $(INSTALLED) ## Work with the executable for 30 minutes, and watch memory and descriptors (Linux)
	@$(NODE) scripts/soak.ts $(ARGS)

gen: $(INSTALLED) ## Make the stubs anew from proto/
	@$(NODE) scripts/gen.ts

gen-check: $(INSTALLED) ## Compare the stubs with what proto/ gives
	@$(NODE) scripts/gen.ts --check

dist: $(INSTALLED) ## Build the plugin's folder, dist/, for this platform
	@$(NODE) scripts/build.ts

screenshots: $(INSTALLED) ## Make img/screenshots/ from the workbench's page, with dist/ as it is
	@$(NODE) scripts/screenshots.ts

pack: $(INSTALLED) ## Make the library's npm package, in .cache/package
	@$(NODE) scripts/pack.ts

clean: ## Remove what was built
	rm -rf dist .cache

$(INSTALLED): package-lock.json scripts/install.mjs
	@command -v node >/dev/null || { echo 'Node 20 or newer is needed, with npm: https://nodejs.org'; exit 1; }
	@node scripts/install.mjs
	@touch $@
