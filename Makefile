# The two main commands: `make run` serves the samples, `make test` runs every test.

SHELL := /bin/bash
DATA ?= .frontline
LISTEN ?= 127.0.0.1:7411
WEB ?= 127.0.0.1:7412
PACKAGES := libxml2-dev libarchive-dev libcurl4-openssl-dev libssl-dev libstemmer-dev libsqlite3-dev libpq-dev postgresql python3 python3-pip netcat-openbsd jq
# For tests of the ES module in a browser.
BROWSER_PACKAGES := chromium
# Third-party clients and an identity provider, and the modules of these packages.
CLIENTS := django-oauth-toolkit jsonrpcclient mcp playwright standardwebhooks websockets
CLIENT_MODULES := oauth2_provider jsonrpcclient mcp playwright standardwebhooks websockets
# For several nodes on one machine: `make cluster` and `make faults CLUSTER=1`.
CLUSTER_PACKAGES := haproxy socat
# The standard library is linked statically, so that the program runs wherever it is copied.
RELEASE := swift build -c release --product frontline --static-swift-stdlib
BINARY := .build/release/frontline
MODEL := .build/models/all-MiniLM-L6-v2
# Converts the fetched model once, with the program named; a server would convert the folder at each start.
CONVERT = if [ -d $(MODEL) ] && [ ! -f $(MODEL).encoder ]; then $(1) model add $(MODEL) --models $(dir $(MODEL)); fi || true

.PHONY: help clients browser dependencies model encoder build run demo test full integration postgresql attack fuzz sanitize properties mutants load faults cluster soak benchmark lint format clean

help: ## Show this list.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

dependencies: ## Install the Debian packages that are missing, and fetch the sentence model.
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	fi
	@command -v swift >/dev/null || { echo "swift is missing: install the Swift 6.3 toolchain and put it on the PATH"; exit 1; }
	@$(MAKE) --no-print-directory model

model: ## Fetch the sentence model to .build/models; without a network everything works without it.
	@python3 Integration/encoder/fetch_model.py || true

build: dependencies ## Build the release program.
	$(RELEASE)

run: build ## Import the samples and serve on 127.0.0.1:7411, and on 127.0.0.1:7412 for browsers.
	@$(call CONVERT,$(BINARY))
	@set -e; \
	token() { $(BINARY) token create --data $(DATA) --expires 30d --subject "$$@"; }; \
	agent=$$(token anna --role agent --attribute tier=1 --attribute team=delivery); \
	chief=$$(token sofia --role supervisor --attribute tier=2 --attribute team=delivery); \
	keeper=$$(token karl --role knowledge_manager); \
	operator=$$(token olga --role operations); \
	link() { $(BINARY) token link --data $(DATA) --url http://$(WEB) --subject "$$@"; }; \
	anna=$$(link anna --role agent --attribute tier=1 --attribute team=delivery); \
	sofia=$$(link sofia --role supervisor --attribute tier=2 --attribute team=delivery); \
	karl=$$(link karl --role knowledge_manager); \
	olga=$$(link olga --role operations); \
	printf '%s\n' "" "In another terminal:" "" \
	  "  export FRONTLINE_CONNECT=$(LISTEN) PATH=\"$(CURDIR)/.build/release:\$$PATH\"" "" \
	  "  export FRONTLINE_TOKEN=$$agent     # anna, an agent" \
	  "  frontline knowledge search 'my parcel is late'" \
	  "  frontline call conversation.open '{\"conversation_id\": \"call-1\", \"channel\": \"voice\", \"customer\": {\"id\": \"c-1\"}}'" \
	  "  frontline call conversation.observe '{\"conversation_id\": \"call-1\", \"speaker\": \"customer\", \"text\": \"My parcel is late, this is the third time I call!\"}'" \
	  "  frontline call script.start '{\"script_id\": \"late-delivery\", \"conversation_id\": \"call-1\"}'" \
	  "  frontline call resolution.request '{\"idempotency_key\": \"1\", \"action\": \"refund\", \"reason\": \"late_delivery\", \"amount\": {\"amount\": \"40.00\", \"currency\": \"EUR\"}, \"conversation_id\": \"call-1\", \"reference\": {\"type\": \"order\", \"id\": \"OH-26-104233\"}}'" "" \
	  "  export FRONTLINE_TOKEN=$$chief     # sofia, her supervisor" \
	  "  frontline alerts tail --after 0" \
	  "  frontline call resolution.list '{\"awaiting\": \"me\"}'" "" \
	  "  export FRONTLINE_TOKEN=$$keeper     # karl, a knowledge manager" \
	  "  frontline call knowledge.gaps" "" \
	  "  export FRONTLINE_TOKEN=$$operator     # olga, operations" \
	  "  frontline call script.list; frontline call policy.list" "" \
	  "For browsers and HTTP clients, http://$(WEB): WebSocket at /ws, calls at /rpc:" "" \
	  "  curl http://$(WEB)/rpc -H \"Authorization: Bearer \$$FRONTLINE_TOKEN\" -H 'Content-Type: application/json' -d '{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"server.info\"}'" "" \
	  "To sign a browser in, each link once and within 15 minutes (one more: frontline token link --help):" "" \
	  "  anna   $$anna" "  sofia  $$sofia" "  karl   $$karl" "  olga   $$olga" "" \
	  "For assistants that speak MCP: the command 'frontline mcp', or http://$(WEB)/mcp." ""; \
	exec $(BINARY) serve --data $(DATA) --listen $(LISTEN) --web $(WEB) --knowledge knowledge --rules rules

demo: build ## Play a recorded contact on a separate server: customer, agent and supervisor side by side.
	@FRONTLINE_BINARY=$(BINARY) python3 Integration/demo/play.py $(DEMO)

# All tests at once would open well over a thousand files, and Foundation's Process crashes while it lists that many.
FEW := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=32
# Without debug information, and with the quicker linker; the index, in which SwiftPM looks for tests, leaves the system's modules
# out. `make test TESTED=` has line numbers in the traces of crashes.
TESTED := -debug-info-format none -Xswiftc -use-ld=lld -Xswiftc -index-ignore-system-modules -Xswiftc -index-ignore-clang-modules
UNIT_TESTS = @folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && TMPDIR=$$folder $(FEW) swift test --skip-build $(TESTED) --parallel
test: dependencies ## Run every unit test, and the quicker ones of the end-to-end tests.
	swift build --build-tests --explicit-target-dependency-import-check error $(TESTED)
	@$(call CONVERT,.build/debug/frontline)
	$(UNIT_TESTS) --xunit-output .build/tests.xml
	python3 Integration/public_suites.py .build/tests-swift-testing.xml
	@$(MAKE) --no-print-directory clients
	PYTHONPATH=.build/python python3 Integration/end_to_end.py --quick

clients: ## Install the third-party clients that end-to-end tests use; without a network these tests are skipped.
	@PYTHONPATH=.build/python python3 -c 'import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, sys.argv[1:])))' $(CLIENT_MODULES) \
	  || python3 -m pip install --quiet --target .build/python $(CLIENTS) 2>/dev/null \
	  || echo "packages of third-party clients could not be installed: their tests are skipped"

browser: ## Install the browser that tests of the ES module use; without a network these tests are skipped.
	@$(MAKE) --no-print-directory dependencies PACKAGES="$(BROWSER_PACKAGES)" \
	  || echo "a browser could not be installed: tests in it are skipped"

full: lint test integration postgresql attack faults properties fuzz sanitize mutants ## Run every check: test, then the release program, PostgreSQL, attacks, faults, several nodes, properties, fuzzing, sanitizers, mutants (hours).
	$(MAKE) faults CLUSTER=1

integration: build clients browser ## Run all end-to-end tests against the release program, and compare decimals with CPython (minutes).
	FRONTLINE_BINARY=$(BINARY) PYTHONPATH=.build/python python3 Integration/end_to_end.py
	python3 Integration/decimal/compare.py --count 230000

postgresql: export FRONTLINE_TEST_STORE := postgresql
postgresql: build clients browser ## Run all unit tests and all end-to-end tests on PostgreSQL (half an hour).
	swift build --build-tests $(TESTED)
	$(UNIT_TESTS)
	FRONTLINE_BINARY=$(BINARY) PYTHONPATH=.build/python python3 Integration/end_to_end.py

attack: build ## Run every known attack against the release program, one line each; ATTACK=WORD selects some of them.
	FRONTLINE_BINARY=$(BINARY) python3 Integration/attack.py $(ATTACK)

fuzz: dependencies ## Feed damaged input to everything that reads bytes; FUZZ="--seconds 60 --target feel" selects one reader.
	swift build --product Fuzzing
	nice -n 19 .build/debug/Fuzzing $(FUZZ)

# Tests of code that is concurrent or passes memory to C; the whole suite would take hours under a sanitizer.
SANITIZED := AccessTests ArchivesTests DigestsTests FrontlineClientTests HTTPFetchTests JSONRPCTests LibXMLTests ModelSupplyTests PostgresStorageTests RPCServerTests SQLiteStorageTests SentenceEncoderTests StorageTests TLSTests VectorIndexTests VocabularyTests
SANITIZERS := thread address
sanitize: dependencies ## Run the tests of concurrent code and of code that calls C under the thread and the address sanitizer.
	@set -e; for sanitizer in $(SANITIZERS); do \
	  FRONTLINE_TESTS=$$(echo $(SANITIZED) | tr ' ' ,) Integration/sanitize/run.sh $$sanitizer; \
	done

properties: build ## Make random calls, kill the server and break connections; an independent program checks the results; count business time; time a million items of work (minutes).
	FRONTLINE_BINARY=$(BINARY) python3 Integration/authority_property.py --seconds 60
	FRONTLINE_BINARY=$(BINARY) python3 Integration/resolution_property.py
	FRONTLINE_BINARY=$(BINARY) python3 Integration/alerts_soak.py
	FRONTLINE_BINARY=$(BINARY) python3 Integration/endurance/memory.py
	FRONTLINE_CALENDAR_SPANS=100000 swift test --filter BusinessTimeOracleTests
	swift build -c release --product frontline-benchmark --static-swift-stdlib
	.build/release/frontline-benchmark work --most 5

encoder: dependencies ## Compare tokenizer and vectors with Hugging Face's tokenizers and numpy, on a million strings (minutes).
	swift build -c release --product frontline-benchmark --static-swift-stdlib
	python3 -m pip install --quiet --target .build/python numpy scipy tokenizers
	PYTHONPATH=.build/python python3 Integration/encoder/compare.py $(MODEL)

mutants: dependencies ## Seed 80 faults, one at a time, and count those that the tests detect; MUTANTS="--part mood --count 20" selects some.
	python3 Integration/mutants.py $(MUTANTS)

load: build ## Observe 500 turns per second of 1,000 conversations with 200 subscribers, then hold 10,000 connections and as many WebSockets (minutes).
	FRONTLINE_BINARY=$(BINARY) python3 Integration/endurance/load.py $(LOAD)
	FRONTLINE_BINARY=$(BINARY) python3 Integration/endurance/connections.py
	FRONTLINE_BINARY=$(BINARY) python3 Integration/endurance/sockets.py

faults: build ## Kill the server under load, fill its disk, send hostile input, kill receivers of webhooks (minutes); CLUSTER=1: three nodes, a primary and a standby instead.
	$(if $(CLUSTER),@$(MAKE) --no-print-directory dependencies PACKAGES="$(PACKAGES) $(CLUSTER_PACKAGES)")
	FRONTLINE_BINARY=$(BINARY) python3 Integration/$(if $(CLUSTER),cluster,endurance)/faults.py $(FAULTS)

cluster: build ## Try three nodes behind HAProxy, on a PostgreSQL primary with a synchronous standby; Ctrl-C ends all of it.
	@$(MAKE) --no-print-directory dependencies PACKAGES="$(PACKAGES) $(CLUSTER_PACKAGES)"
	@FRONTLINE_BINARY=$(BINARY) python3 Integration/cluster/try_out.py

soak: build ## Play contacts for five minutes and sample the memory.
	FRONTLINE_BINARY=$(BINARY) python3 Integration/endurance/soak.py $(SOAK)

benchmark: build ## Measure the release program; CORPUS=DIR names a corpus with articles.xml and queries.jsonl.
	swift build -c release --product frontline-benchmark --static-swift-stdlib
	$(BINARY) benchmark sentiment
	$(BINARY) benchmark scripts
	$(BINARY) benchmark resolution
	FRONTLINE_BINARY=$(BINARY) python3 Integration/endurance/doors.py
	.build/release/frontline-benchmark vectors
	$(if $(wildcard $(MODEL)),.build/release/frontline-benchmark encoder --model $(MODEL))
	$(if $(CORPUS),$(BINARY) benchmark search --corpus $(CORPUS))
	$(if $(CORPUS),$(BINARY) benchmark observe --corpus $(CORPUS) --rules rules)

lint: ## Check the format of every Swift file, and that links in doc comments lead somewhere.
	swift format lint --strict --parallel --recursive Package.swift Sources Tests
	python3 Integration/documentation_links.py

format: ## Format every Swift file.
	swift format --in-place --parallel --recursive Package.swift Sources Tests

clean: ## Remove what was built.
	swift package clean
