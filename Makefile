.PHONY: bundle
bundle: assets/dist/draw.bin

node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

assets/dist/draw.js: assets/bundle.mjs $(wildcard assets/ts/*.ts) node_modules/.package-lock.json
	npm run --silent bundle

assets/dist/draw.bin: assets/dist/draw.js go.sum generator/chart/svg/compile/main.go
	go run ./generator/chart/svg/compile assets/dist/draw.js $@
