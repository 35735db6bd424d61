# Two commands are enough: `make run` serves the samples, `make test` runs every test.

SHELL := /bin/bash
DATA ?= .frontline
LISTEN ?= 127.0.0.1:7411
PACKAGES := libxml2-dev libcurl4-openssl-dev libstemmer-dev libsqlite3-dev python3 python3-pip netcat-openbsd jq
# The standard library is linked in, so that the program runs wherever it is copied.
RELEASE := swift build -c release --product frontline --static-swift-stdlib
BINARY := .build/release/frontline

.PHONY: help dependencies build run test integration benchmark lint format clean

help: ## Show this list.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

dependencies: ## Install the Debian packages that are missing.
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	fi
	@command -v swift >/dev/null || { echo "swift is missing: install the Swift 6.3 toolchain and put it on the PATH"; exit 1; }

build: dependencies ## Build the release program.
	$(RELEASE)

run: build ## Import the samples and serve on 127.0.0.1:7411.
	@set -e; \
	agent=$$($(BINARY) token create --data $(DATA) --subject anna --role agent --attribute tier=1 --attribute team=north --expires 30d); \
	keeper=$$($(BINARY) token create --data $(DATA) --subject karl --role knowledge_manager --expires 30d); \
	printf '\n%s\n' \
	  "A token for an agent:              $$agent" \
	  "A token for a knowledge manager:   $$keeper" \
	  "" \
	  "Try, in another terminal:" \
	  "  $(BINARY) call knowledge.search '{\"query\": \"my parcel is late\"}' --connect $(LISTEN) --token $$agent" \
	  "  $(BINARY) call knowledge.list '{\"limit\": 5}' --connect $(LISTEN) --token $$keeper" \
	  "  $(BINARY) knowledge search 'dead pixel' --connect $(LISTEN) --token $$agent" \
	  ""; \
	exec $(BINARY) serve --data $(DATA) --listen $(LISTEN) --knowledge knowledge --rules rules

test: dependencies ## Run every test.
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build --parallel
	@python3 -m pip install --quiet --target .build/python jsonrpcclient 2>/dev/null \
	  || echo "jsonrpcclient could not be installed: the test of a foreign client is skipped"
	PYTHONPATH=.build/python python3 -m unittest discover -s Integration -p 'test_*.py'

integration: build ## Run the end-to-end tests against the release program, and decimals against CPython (minutes).
	FRONTLINE_BINARY=$(BINARY) PYTHONPATH=.build/python python3 -m unittest discover -s Integration -p 'test_*.py'
	python3 Integration/decimal/compare.py --count 230000

benchmark: build ## Measure the release program; CORPUS=DIR names a corpus with articles.xml and queries.jsonl.
	$(BINARY) benchmark search --corpus $(CORPUS)

lint: ## Check the format of every Swift file.
	swift format lint --strict --parallel --recursive Package.swift Sources Tests

format: ## Format every Swift file.
	swift format --in-place --parallel --recursive Package.swift Sources Tests

clean: ## Remove what was built.
	swift package clean
