# `make` lists the targets. CI runs the same steps: .ci/run.

LINT = go tool -modfile=tools/golangci/go.mod golangci-lint
ARGS ?= -sandbox
IMAGE ?= ccube-graphql

.DEFAULT_GOAL := help
.PHONY: help run build test check generate ide lint format bench soak cover docker clean

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Serve the gateway over the sandbox; ARGS="-tenant acme" serves a tenant.
	go run . $(ARGS)

build: ## Build the binary, as the image has it, and schema.graphql beside it.
	CGO_ENABLED=0 go build -trimpath -tags timetzdata,grpcnotrace -ldflags="-s -w" -o ccube-graphql .
	./ccube-graphql -print-schema > schema.graphql

test: ## Run all tests, with the race detector.
	go test -race ./...

check: ## Run all that CI runs.
	.ci/run

generate: ## Generate code from the schema.
	go generate ./...

ide: ## Build the IDE from its sources into internal/ide/assets.zip; needs Node.js.
	cd internal/ide/web && npm ci --ignore-scripts && npm run check && npm run build
	cd internal/ide && go run ./pack

lint: ## Run the linters; FIX=1 mends what they can.
	$(LINT) run $(if $(FIX),--fix) ./...

format: ## Format the code.
	$(LINT) fmt ./...

bench: ## Run the benchmarks.
	go test -run '^$$' -bench . -benchmem ./...

soak: ## Run the program under load and failures; SOAK=1h is longer.
	go test . -run TestSoak -v -timeout 0 -soak $(or $(SOAK),5m)

cover: ## Show which lines the tests reach, in a browser.
	go test -coverpkg ./... -coverprofile cover.out ./...
	go tool cover -html cover.out

docker: ## Build the image; IMAGE=name:tag names it.
	docker build -t $(IMAGE) .

clean: ## Remove what was built.
	rm -f ccube-graphql schema.graphql cover.out
