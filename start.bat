@echo off
rem Starts Biwu. The first start makes .venv and installs what requirements.txt pins.
setlocal
chcp 65001 >nul
set "HERE=%~dp0"
set "VENV=%HERE%.venv"
set "PYTHONUTF8=1"
if exist "%VENV%\installed" (
  fc /b "%HERE%requirements.txt" "%VENV%\installed" >nul 2>&1
  if not errorlevel 1 goto run
)
set "PY="
for %%P in (py.exe python.exe python3.exe) do (
  if not defined PY (
    %%P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1
    if not errorlevel 1 set "PY=%%P"
  )
)
if not defined PY (
  echo 需要 Python 3.11 或更高版本：请从 python.org 安装，并勾选 Add python.exe to PATH。
  echo Python 3.11 or newer is needed: install it from python.org and tick "Add python.exe to PATH".
  pause
  exit /b 1
)
echo 正在准备，首次需要几分钟…… / Setting up, the first time takes some minutes...
if not exist "%VENV%\Scripts\python.exe" %PY% -m venv "%VENV%" || goto failed
"%VENV%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --requirement "%HERE%requirements.txt" || goto failed
copy /b /y "%HERE%requirements.txt" "%VENV%\installed" >nul
:run
"%VENV%\Scripts\python.exe" "%HERE%main.py" %*
exit /b %errorlevel%
:failed
echo 准备失败：请检查网络后重试。 / Setting up failed: check the network, then start again.
pause
exit /b 1
