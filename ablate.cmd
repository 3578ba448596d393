@echo off
rem Ablate from a checkout: builds it when it is missing or older than its sources, then starts it.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "APP=%ROOT%experiments\target\app"
set "WANTED=Ablate needs a JDK, 17 or newer: https://adoptium.net"

rem --- Java ---
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if not defined JAVA_HOME (
  where java >nul 2>nul
  if errorlevel 1 (
    echo ablate: there is no java on the PATH. %WANTED% 1>&2
    exit /b 2
  )
)
if defined JAVA_HOME if not exist "%JAVA%" (
  echo ablate: JAVA_HOME is "%JAVA_HOME%", where there is no bin\java.exe. %WANTED% 1>&2
  exit /b 2
)
set "VERSION="
for /f "tokens=2 delims== " %%v in ('""%JAVA%" -XshowSettings:properties -version 2>&1 | findstr /c:"java.version =""') do set "VERSION=%%v"
if not defined VERSION (
  echo ablate: java does not print its version. %WANTED% 1>&2
  exit /b 2
)
for /f "tokens=1 delims=." %%v in ("%VERSION%") do set "MAJOR=%%v"
if %MAJOR% LSS 17 (
  echo ablate: "%JAVA%" is Java %VERSION%, which is too old. %WANTED% 1>&2
  exit /b 2
)

rem --- the build: when there is none, or a source is newer ---
powershell -NoProfile -ExecutionPolicy Bypass -Command "$ErrorActionPreference='SilentlyContinue'; $built = Get-Item -LiteralPath ($env:APP + '\built'); if (-not $built -or -not (Test-Path -LiteralPath ($env:APP + '\lib'))) { exit 1 }; $newer = Get-ChildItem -LiteralPath $env:ROOT -Recurse | Where-Object { $_.LastWriteTimeUtc -gt $built.LastWriteTimeUtc -and $_.FullName -notmatch '\\(target|test|\.git|\.ablate)(\\|$)' -and ($_.Name -eq 'pom.xml' -or $_.FullName -match '\\src\\main' -or $_.FullName -match '\\build\\[^\\]*\.java$') } | Select-Object -First 1; if ($newer) { exit 1 } else { exit 0 }"
if not errorlevel 1 goto start

where mvn >nul 2>nul
if errorlevel 1 (
  echo ablate: Maven is needed to build it ^(https://maven.apache.org/install.html^) 1>&2
  exit /b 2
)
echo ablate: building ^(the first time it downloads its libraries, which takes some minutes^) 1>&2
pushd "%ROOT%"
call mvn -q -B -ntp -Dstyle.color=never -DskipTests package 1>&2 <nul
if errorlevel 1 (
  popd
  echo ablate: the build failed; what Maven said stands above 1>&2
  exit /b 2
)
popd

rem --- the start ---
:start
rem two collectors are refused, and the person's own counts
set "COLLECTOR=-XX:+UseSerialGC"
echo %JDK_JAVA_OPTIONS% %JAVA_TOOL_OPTIONS% %_JAVA_OPTIONS% | findstr /r /c:"-XX:+Use[A-Za-z0-9]*GC" >nul
if not errorlevel 1 set "COLLECTOR="
rem as in the script for other systems, which says why
set "FLAGS=-XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dguice_custom_class_loading=CHILD -Dpicocli.disable.closures=true -Xlog:disable -XX:CompileThresholdScaling=4 -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000 %COLLECTOR%"

rem an archive of loaded classes; the build removes it
set "ARCHIVE=%APP%\classes-%VERSION%.jsa"
if exist "%ARCHIVE%" goto archived
set "NEXT=%APP%\home.%RANDOM%%RANDOM%"
mkdir "%NEXT%" >nul 2>nul
if errorlevel 1 goto archived
setlocal
set "ABLATE_HOME=%NEXT%"
set "MLFLOW_TRACKING_URI="
set "MLFLOW_EXPERIMENT_NAME="
"%JAVA%" %FLAGS% "-Dablate.experiments=%ROOT%experiments" "-Dablate.plugins=%APP%\plugins" "-Dablate.natives=%APP%\natives" "-XX:ArchiveClassesAtExit=%NEXT%\classes.jsa" -cp "%APP%\lib\*" dev.ablate.cli.Rehearsal >nul 2>nul <nul
endlocal
if not exist "%NEXT%\classes.jsa" type nul > "%NEXT%\classes.jsa"
move /y "%NEXT%\classes.jsa" "%ARCHIVE%" >nul 2>nul
rmdir /s /q "%NEXT%" >nul 2>nul
:archived
set "SHARED="
if not exist "%ARCHIVE%" goto run
rem an empty one says that it was tried
for %%a in ("%ARCHIVE%") do if %%~za GTR 0 set SHARED="-XX:SharedArchiveFile=%ARCHIVE%" -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
:run
"%JAVA%" %FLAGS% %SHARED% "-Dablate.program=%~0" "-Dablate.experiments=%ROOT%experiments" "-Dablate.plugins=%APP%\plugins" "-Dablate.natives=%APP%\natives" "-Dorg.bytedeco.javacpp.cachedir=%APP%\natives" -cp "%APP%\lib\*" dev.ablate.cli.Main %*
exit /b %ERRORLEVEL%
