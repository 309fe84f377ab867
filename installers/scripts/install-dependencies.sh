#!/bin/bash
# Installs the Debian packages that are missing. Usage: install-dependencies.sh SECTION… (build, run, test). Needs root or sudo only when something is missing.
set -euo pipefail
list="$(dirname "$0")/../packages-debian12.txt"
wanted=()
for section in "$@"; do
  mapfile -t names < <(awk -v s="[$section]" '/^\[/{on=($0==s)} on && /^[a-z0-9]/{print}' "$list")
  wanted+=("${names[@]}")
done
missing=()
for name in "${wanted[@]}"; do
  # Another provider of npm and node will do.
  [ "$name" = npm ] && command -v npm >/dev/null && continue
  dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "Installing ${#missing[@]} packages: ${missing[*]}"
sudo=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "These packages are missing, and neither root nor sudo is there to install them." >&2; exit 1; }
  sudo=(sudo)
fi
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
# One line that counts up where somebody looks, a line every fifty packages in a log.
progress() {
  local total=0 done=0 line
  while IFS= read -r line; do
    case "$line" in
      *" newly installed, "*) total=$(awk '{for (i = 2; i < NF; i++) if ($i == "newly") print $(i - 1)}' <<<"$line") ;;
      "Setting up "*)
        done=$((done + 1))
        if [ -t 1 ]; then printf '\r  %d of %s packages installed' "$done" "$total"
        elif [ $((done % 50)) -eq 0 ]; then echo "  $done of $total packages installed"; fi ;;
    esac
  done
  if [ -t 1 ]; then echo; fi
}
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive bash -c '
  apt-get update -qq && apt-get install -y -q --no-install-recommends -o Dpkg::Use-Pty=0 "$@"' _ "${missing[@]}" 2>"$log" | progress ||
  { cat "$log" >&2; echo "The packages could not be installed; apt-get says why above. Is the network there, and is main of bookworm in /etc/apt?" >&2; exit 1; }
