# make all：幻灯片与画册；make test：测试。.venv 由锁定的清单自动建好。
SOURCE ?= source/longhua-2023.yaml
LAYOUT ?= civic
OUT ?= output
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LHPUB = $(BIN)/lhpub
export PYTHONPATH := src
OPTIONS = --source "$(SOURCE)" --layout "$(LAYOUT)" --out "$(OUT)"

.PHONY: all deck brochure preview test check schema lock bench validate clean

all: $(VENV)/ready  ## 幻灯片与画册
	$(LHPUB) build all $(OPTIONS)

deck: $(VENV)/ready  ## 幻灯片；CORE=1 只要 core: true 的关键词
	$(LHPUB) build $(if $(CORE),core,deck) $(OPTIONS)

brochure: $(VENV)/ready
	$(LHPUB) build brochure $(OPTIONS)

preview: $(VENV)/ready  ## 工坊：在浏览器里看、改
	$(LHPUB) preview $(OPTIONS)

test: $(VENV)/ready-dev
	$(BIN)/python -m pytest -n auto

accept: $(VENV)/ready-dev  ## 收下排版的改动：更新 tests/golden，并列出变化
	$(BIN)/python -m tests.golden.golden

check: $(VENV)/ready-dev  ## CI 所做的全部
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

schema: $(VENV)/ready  ## 由声明重新生成格式说明
	mkdir -p docs/schema
	$(LHPUB) schema --lang zh > docs/schema/publication.schema.json
	$(LHPUB) schema --reference --lang zh > docs/source-reference.zh-CN.md
	$(LHPUB) schema layout --lang zh > docs/schema/layout.schema.json
	$(BIN)/python docs/layout_reference.py --draw
	$(BIN)/python docs/layout_reference.py > docs/layout-reference.zh-CN.md
	$(BIN)/python docs/diagnostics.py > docs/diagnostics.zh-CN.md

lock: $(VENV)/ready-dev  ## 重新锁定依赖
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --no-annotate --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --no-annotate --custom-compile-command "make lock" --extra dev pyproject.toml -o requirements-dev.lock

$(VENV)/ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -q --require-hashes -r requirements.lock
	printf '#!/bin/sh\n# lhpub from this folder, without installing it\nPYTHONPATH="%s/src" exec "%s/$(BIN)/python" -m lhpub "$$@"\n' "$(CURDIR)" "$(CURDIR)" > $(BIN)/lhpub
	chmod +x $(BIN)/lhpub
	touch $@

$(VENV)/ready-dev: requirements-dev.lock $(VENV)/ready
	$(BIN)/python -m pip install --disable-pip-version-check -q --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf output tests/out

bench: $(VENV)/ready-dev  ## 与同类程序比速度
	$(BIN)/python bench/builds.py

validate: all $(VENV)/ready-dev  ## 外部工具复核：有则用，无则说明
	$(BIN)/python tests/outside/validate.py "$(OUT)/$(LAYOUT)"
