#!/usr/bin/env bash
# Makes one self-contained archive for a machine without network: host, brain, PostgreSQL, plugins, scenarios, checksums.
# usage: bash deploy/publish.sh RID      RID = linux-x64 | linux-arm64 | osx-x64 | osx-arm64 | win-x64
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rid=${1:?"usage: bash deploy/publish.sh linux-x64|linux-arm64|osx-x64|osx-arm64|win-x64"}
case "$rid" in
  linux-x64 | linux-arm64 | osx-x64 | osx-arm64 | win-x64) ;;
  *) echo "Unknown runtime identifier '$rid'." >&2; exit 2 ;;
esac

version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)
name="industrybrain-$version-$rid"
out="artifacts/publish/$name"
rm -rf "$out" "artifacts/publish/$name.tar.gz"
mkdir -p "$out"

dotnet publish host/IndustryBrain.Host -c Release -r "$rid" --self-contained -o "$out/host"
dotnet publish sdk/IndustryBrain.Cli -c Release -r "$rid" --self-contained -o "$out/brain"
# The archive has no dotnet program: worker and jail start through their own, on one runtime in a folder apart from the host's files.
dotnet publish host/IndustryBrain.Plugins.Worker -c Release -r "$rid" --self-contained -o "$out/host/worker"
# The launcher of jails is compiled ahead of time where this machine has a linker for it: it then starts without a runtime.
native=()
for linker in clang gcc; do
  if [ "$rid" = "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" ] && command -v "$linker" >/dev/null; then
    native=(-p:PublishAot=true -p:PublishReadyToRun=false "-p:CppCompilerAndLinker=$linker")
    break
  fi
done
case "$rid" in linux-*) dotnet publish host/IndustryBrain.Plugins.Jail -c Release -r "$rid" --self-contained "${native[@]}" -o "$out/host/worker" ;; esac
rm -f "$out/host/worker/"*.dbg
cp -r "$out/host/plugins" "$out/brain/plugins"
cp LICENSE NOTICE README.md CHANGELOG.md docs/operations.md "$out/"
case "$rid" in linux-*) mkdir "$out/deploy" && cp deploy/industrybrain* deploy/environment.example "$out/deploy/" ;; esac

[ -d "$out/host/plugins" ] || { echo "The archive has no plugins." >&2; exit 1; }
[ -d "$out/host/scenarios" ] || { echo "The archive has no scenarios." >&2; exit 1; }
[ -f "$out/host/worker/IndustryBrain.Plugins.Worker.dll" ] || { echo "The archive has no worker." >&2; exit 1; }
[ -d "$out/host/postgres" ] || { echo "The archive has no PostgreSQL." >&2; exit 1; }

(cd "$out" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
tar -C artifacts/publish -czf "artifacts/publish/$name.tar.gz" "$name"
(cd artifacts/publish && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
echo "artifacts/publish/$name.tar.gz"
