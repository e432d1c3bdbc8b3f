# The front door: `make demo` shows the main job, `make test` proves it, `make check` is all else.
.PHONY: catalogues bench bench-assign bench-decide bench-large bench-letters bench-nation bench-register bench-start help demo test check soak preview golden docs clean sbom setup setup-demo
.DEFAULT_GOAL := help

BIN := .venv/bin
DEMO := demo

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup:
	@tools/setup dev

setup-demo:
	@tools/setup demo

demo: setup-demo ## set up, run the main job on the sample exports, say where to look
	@tools/demo $(DEMO)

test: setup ## set up and run the tests (ten minutes on two cores)
	$(BIN)/pytest -q -n 2 --dist loadgroup -m "not soak"

check: setup ## all else that must hold: lock, style, types, layers, licences, the wheel on its own
	.uv/bin/uv lock --check -q
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/supply.py licences
	$(BIN)/python tools/supply.py audit
	tools/try_same_bytes
	tools/try_wheel

sbom: setup ## what is shipped, as CycloneDX, in build/sbom.cdx.json
	$(BIN)/python tools/supply.py sbom build/sbom.cdx.json

soak: setup ## what takes hours: fuzzing (one of them), hundreds of faults and kills, the load
	.uv/bin/uv sync -q --locked --inexact --group fuzz
	$(BIN)/pytest -q -m soak

bench: bench-decide bench-assign bench-letters bench-register bench-start bench-nation ## this project and its peers side by side (three quarters of an hour)

bench-decide: setup ## deciding a million rows, against reading them, pandas and a loop
	$(BIN)/python benchmarks/decide.py --curve

bench-large: setup ## the memory that deciding ten million rows takes, in one file and in ten (a quarter of an hour)
	$(BIN)/python benchmarks/large.py

bench-assign: setup ## sharing 2,900 and 20,000 clients out, against dealing, greed and a flow
	$(BIN)/python benchmarks/assign.py

bench-letters: setup ## letters, against WeasyPrint and typst
	$(BIN)/python benchmarks/letters.py

bench-nation: setup ## a run of the whole country, where its time goes, against typst with a process pool
	$(BIN)/python benchmarks/nation.py

bench-register: setup ## nights of 300,000 members, against the least that could be a register
	$(BIN)/python benchmarks/register.py

bench-start: setup ## how soon help is there, against Python and the least of Typer
	$(BIN)/python benchmarks/start.py

preview: setup ## pictures of the letters in build/preview, for eyes, and those of the README
	$(BIN)/python tools/preview.py build/preview docs/pictures

golden: setup ## write the approved letter texts anew; review the difference as words
	KUNTACTL_GOLDEN=write $(BIN)/pytest -q tests/test_letter_texts.py

catalogues: setup ## find the texts of messages and help in the sources, and compile what is translated
	$(BIN)/python tools/catalogues.py

docs: setup ## write docs/rules.md, docs/cli.md, docs/json.schema.json and the weights in docs/split.md anew from what they tell of
	$(BIN)/kuntactl rules docs > docs/rules.md
	$(BIN)/kuntactl --lang en reference > docs/cli.md
	$(BIN)/kuntactl reference --schema > docs/json.schema.json
	$(BIN)/python tools/weights.py docs/split.md

clean: ## remove everything that was made here
	rm -rf .venv .uv build dist $(DEMO)
