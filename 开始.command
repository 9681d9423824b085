#!/bin/sh
# 双击：装好所需的部件，生成一次，打开工作台。
cd "$(dirname "$0")" || exit 1
failed() { echo "没有成功。请先装 Python 3.11 或更新的版本，或把上面的文字发给维护者。"; read -r _; exit 1; }
[ -x .venv/bin/python ] || { echo "第一次使用，正在装好所需的部件，请等几分钟……"; python3 -m venv .venv || failed; }
.venv/bin/python -m pip install --disable-pip-version-check -q --require-hashes -r requirements.lock || failed
PYTHONPATH=src .venv/bin/python -m lhpub build all || failed
PYTHONPATH=src; export PYTHONPATH; exec .venv/bin/python -m lhpub preview
