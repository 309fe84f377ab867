#!/bin/bash
# make run: a cluster with one master and two nodes, the sample application on it, and the window; without a display, what runs where.
set -euo pipefail
build="$1"
root="$(cd "$(dirname "$0")/../.." && pwd)"
kates="$build/bin/kates"
name=demo

"$kates" up "$name" --nodes 2
kubeconfig="$(mktemp)"
trap 'rm -f "$kubeconfig"' EXIT
"$kates" kubeconfig "$name" > "$kubeconfig"
echo
echo "Deploying the sample application (resources/manifests/sample.yaml)"
"$kates" apply "$name" -f "$root/resources/manifests/sample.yaml" --wait 120

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x "$build/bin/kates-desktop" ]; then
  echo "Opening the window. The cluster goes on running when you close it; $kates down $name stops it."
  exec "$build/bin/kates-desktop"
fi
echo
"$kates" status "$name"
echo
echo "No display: the window stays closed."
echo "  the sample application:  curl http://127.0.0.1:30080/"
echo "  use kubectl:             $kates kubeconfig $name --merge && kubectl get pods -o wide"
echo "  stop:                    $kates down $name   (delete it: $kates delete $name)"
