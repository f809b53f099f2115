# make embedded  what the program embeds, and Go does not make
# make site    build the program and the report into public/
# make test    run all tests, those in a real browser among them
# make check   formatting, vet, staticcheck, actionlint, types of the scripts, and the report itself, with its lock
# make race    tests under the race detector
# make cross   what other systems can compile
# make bench   time and weigh the build
# make picture take the README's picture of the front page
# make pictures  take pictures of a page of each kind, in each way to see it, into pictures/
# make docs    build the documentation into docs/public/
# make audit   change 1,000 cells and see that diff names what readers see, interrupt builds in every way, and have Lighthouse look at a page of each kind
# make man     write the manual pages into bin/man/
# make fmt     format the Go code
# make clean   delete what was made

report   := hugo.toml $(shell find data content layouts assets/css -type f 2>/dev/null)
# what the program embeds and one run of the bundler makes, with assets/dist/draw.js
bundled  := assets/dist/reader.js assets/dist/preview.js $(addprefix assets/dist/map-,$(addsuffix .json.gz,us-states us-counties-2017 us-counties-2023 world)) assets/dist/faces/SourceSerif4_700Bold.ttf assets/dist/faces/fallbacks.css
embedded := assets/dist/draw.bin $(bundled)
theme    := $(shell find layouts assets/css assets/js assets/*.svg .github/workflows -type f)
program  := go.mod go.sum embed.go $(shell find cmd generator -type f -not -path '*/testdata/*' -not -name '*_test.go')

.DELETE_ON_ERROR:
.PHONY: embedded site test check race cross bench picture pictures docs audit man fmt clean chromium servers

embedded: $(embedded)

site: public/.broadsheet-manifest
	@echo "public/ is up to date: open public/index.html in a browser"

public/.broadsheet-manifest: bin/broadsheet $(report)
	bin/broadsheet build

bin/broadsheet: $(embedded) $(program) $(theme)
	@mkdir -p bin
	go build -o $@ ./cmd/broadsheet

# The front end: only what the build needs, from package-lock.json.
node_modules/.package-lock.json: package.json package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20.19 or newer" >&2; exit 1; }
	npm ci --no-audit --no-fund
	@touch $@

assets/dist/draw.js: $(wildcard assets/*.mjs) $(wildcard assets/ts/*.ts) node_modules/.package-lock.json
	npm run --silent bundle

# made by the same run
$(bundled): assets/dist/draw.js
	@test -f $@ || npm run --silent bundle
	@touch $@

assets/dist/draw.bin: assets/dist/draw.js generator/chart/svg/compile/main.go go.sum
	go run ./generator/chart/svg/compile assets/dist/draw.js $@

test: $(embedded) chromium servers
	go test -timeout 25m ./...

# Browser tests want Chromium or Chrome; as root on Debian it is installed.
chromium:
	@for b in chromium chromium-browser google-chrome google-chrome-stable; do command -v $$b >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else \
		echo "no Chromium or Chrome found: install one for the browser tests" >&2; exit 1; \
	fi

# Tests of extracts start PostgreSQL and ClickHouse, which Debian has; as root they are installed.
servers:
	@missing=; \
	ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null || missing="$$missing postgresql"; \
	PATH=$$PATH:/usr/sbin command -v clickhouse-server >/dev/null || missing="$$missing clickhouse-server"; \
	test -n "$$missing" || exit 0; \
	if [ "$$(id -u)" = 0 ]; then as=; else as="sudo -n"; fi; \
	if command -v apt-get >/dev/null && $$as true 2>/dev/null; then \
		$$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
		echo "missing for the tests of extracts: install$$missing" >&2; exit 1; \
	fi

check: bin/broadsheet node_modules/.package-lock.json
	@unformatted=$$(gofmt -l cmd generator browser bench audit embed.go); test -z "$$unformatted" || { echo "not formatted: $$unformatted" >&2; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go tool -modfile=.ci/tools.mod actionlint -shellcheck= -pyflakes=
	npx --no-install tsc -p .
	bin/broadsheet check --locked
	bin/broadsheet check --locked -s docs

# The race detector, where Hugo does not slow it down; and what other systems compile
# without a C compiler of theirs.
raced := $(addprefix ./generator/,aggregate chart/... claim config dataset diag directory engine fact limit literal lock memo output passage quantity record)
others := ./generator/diag ./generator/directory ./generator/limit ./generator/memo ./generator/output

race: $(embedded)
	go test -race -timeout 20m $(raced)

cross:
	@for system in linux/arm64 darwin/arm64 darwin/amd64 windows/amd64; do \
		echo "$$system: $(others)"; \
		GOOS=$${system%/*} GOARCH=$${system#*/} CGO_ENABLED=0 go vet $(others) || exit 1; \
	done

bench: bin/broadsheet
	go run ./bench

picture: $(embedded) chromium
	go run ./browser/picture picture.png

pictures: $(embedded) chromium
	go run ./browser/picture -all pictures

# Lighthouse is large, and only this needs it.
lighthouse := 12.8.2
audit/node_modules/lighthouse-$(lighthouse):
	npm install --prefix audit --no-save --no-package-lock --no-audit --no-fund --silent lighthouse@$(lighthouse)
	@touch $@

audit: site chromium audit/node_modules/lighthouse-$(lighthouse)
	go run ./audit/mutate
	go run ./audit/survive
	node audit/audit.mjs public

docs: bin/broadsheet
	bin/broadsheet build -s docs

man: bin/broadsheet
	bin/broadsheet man bin/man

fmt:
	gofmt -w cmd generator browser bench audit embed.go

clean:
	rm -rf bin public assets/dist node_modules .broadsheet
