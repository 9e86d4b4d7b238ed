#!/usr/bin/env bash
# Installs what the tests need, builds, runs every suite, and prints the totals last: "N passed, N failed".
# --long adds the suites that take longer than a coffee: full chaos, endurance, deep fuzzing.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export IB_TESTS_LONG=0
[ "${1:-}" = "--long" ] && export IB_TESTS_LONG=1

configuration=Release
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

fail() { echo "$1" >&2; echo "0 passed, 1 failed"; exit 1; }

has_chinese_font() { fc-list :lang=zh 2>/dev/null | grep -q .; }
has_browser() { command -v chromium-headless-shell chromium >/dev/null; }

install_packages() {
  local missing=()
  # Needs half the processor time of chromium, which does as well.
  command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
  has_chinese_font || missing+=(fontconfig fonts-noto-cjk)
  if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null; then
    local sudo=""
    [ "$(id -u)" = 0 ] || sudo=sudo
    export DEBIAN_FRONTEND=noninteractive
    local patience=(-o Acquire::Retries=1 -o Acquire::http::Timeout=30)
    $sudo apt-get "${patience[@]}" update -qq >/dev/null && $sudo apt-get "${patience[@]}" install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  has_browser && has_chinese_font || fail "Missing: ${missing[*]}. Install a Chromium and a Chinese font, then run again."
}

echo "== packages"
install_packages

echo "== build"
# A warm compiler for the many projects, whatever the machine prefers; it does not stay: its memory belongs to the suites.
with_servers() {
  DOTNET_CLI_USE_MSBUILD_SERVER=1 MSBUILDDISABLENODEREUSE=0 MSBUILDNODEHANDSHAKESALT=tests UseSharedCompilation=true "$@"
}
with_servers dotnet build IndustryBrain.sln -c $configuration -clp:NoSummary -v quiet || fail "The build failed."
with_servers dotnet build-server shutdown --msbuild --vbcscompiler >/dev/null

failed=0
passed=0
check() { # name, command...
  local name=$1
  shift
  echo "== $name"
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $name"; fi
}

no_high_vulnerability() {
  local report
  report=$(dotnet list IndustryBrain.sln package --vulnerable --include-transitive --no-restore 2>&1) || {
    # The advisories come with the package source; where it has none, nothing can be said, and that is not a finding.
    grep -qiE 'vulnerab' <<<"$report" && { echo "$report"; return 0; }
    echo "$report"; return 1
  }
  if grep -E '\b(High|Critical)\b' <<<"$report"; then return 1; fi
}

check "vulnerabilities" no_high_vulnerability
check "typescript" npm --prefix host/IndustryBrain.Web/ClientApp test --silent

# Most of what the tests start lives for seconds: collecting a profile for the compiler never pays there.
export DOTNET_TieredPGO=0

run_suite() { # path of the test program's dll
  local name started=$SECONDS
  name=$(basename "$1" .dll)
  dotnet exec "$1" --no-ansi --progress off --report-xunit-trx --results-directory "$results/$name" >"$results/$name.log" 2>&1
  echo "$? $((SECONDS - started))" >"$results/$name.exit"
}

check_format() {
  dotnet format IndustryBrain.sln --verify-no-changes --no-restore >"$results/format.log" 2>&1
  echo "$?" >"$results/format.exit"
}

echo "== suites"
mapfile -t suites < <(
  for project in $(git ls-files '*.Tests.csproj'); do
    name=$(basename "$project" .csproj)
    find "$(dirname "$project")/bin/$configuration/net10.0" -maxdepth 1 \( -name "$name.dll" -o -name "IndustryBrain.Plugins.$name.dll" \) 2>/dev/null | head -n 1
  done
)
# Two at a time, the longest first: a long one that starts last would leave a processor idle.
longest=(Cli Runtime EndToEnd Storage Plugins Escape Chaos)
ordered=()
for name in "${longest[@]}"; do
  for suite in "${suites[@]}"; do [[ $suite == */IndustryBrain.$name.Tests.dll ]] && ordered+=("$suite"); done
done
for suite in "${suites[@]}"; do
  [[ " ${ordered[*]} " == *" $suite "* ]] || ordered+=("$suite")
done
running=0
in_turn() { # command...
  [ $running -lt 2 ] || { wait -n; running=$((running - 1)); }
  "$@" &
  running=$((running + 1))
}
in_turn check_format
for suite in "${ordered[@]}"; do in_turn run_suite "$suite"; done
wait

format() { cat "$results/format.log"; [ "$(cat "$results/format.exit")" = 0 ]; }
check "format" format
for suite in "${suites[@]}"; do
  name=$(basename "$suite" .dll)
  log="$results/$name.log"
  read -r code seconds < <(cat "$results/$name.exit" 2>/dev/null || echo 99 0)
  suite_passed=$(grep -oE '^ *succeeded: [0-9]+' "$log" | grep -oE '[0-9]+' | tail -n 1)
  suite_failed=$(grep -oE '^ *failed: [0-9]+' "$log" | grep -oE '[0-9]+' | tail -n 1)
  suite_passed=${suite_passed:-0}
  suite_failed=${suite_failed:-0}
  # A suite that ended badly without naming a failed test (a crash, no tests found) is one failure.
  [ "$code" != 0 ] && [ "$suite_failed" = 0 ] && suite_failed=1
  [ "$suite_failed" != 0 ] && { echo "-- $name"; grep -vE '^\s*$' "$log" | head -n 400; }
  printf '%-45s %5s passed %3s failed %5s s\n' "$name" "$suite_passed" "$suite_failed" "$seconds"
  passed=$((passed + suite_passed))
  failed=$((failed + suite_failed))
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
