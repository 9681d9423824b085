@echo off
chcp 65001 >nul
cd /d "%~dp0"
where py >nul 2>nul && (set PY=py -3) || (set PY=python)
if not exist .venv\Scripts\python.exe (
  echo 第一次使用，正在装好所需的部件，请等几分钟……
  %PY% -m venv .venv || goto failed
)
.venv\Scripts\python -m pip install --disable-pip-version-check -q --require-hashes -r requirements.lock || goto failed
set PYTHONPATH=src
.venv\Scripts\python -m lhpub build all || goto failed
.venv\Scripts\python -m lhpub preview
exit /b 0
:failed
echo 没有成功。请先装 Python 3.11 或更新的版本，或把上面的文字发给维护者。
pause
exit /b 1
