#!/bin/sh
# Makes the sample image kates.dev/sample:1 as an OCI image layout in a tar, from Debian's busybox-static and the files beside this script.
# Reproducible: the same busybox gives the same bytes.
#   build_sample.sh <output.tar> [<busybox>]
set -eu
output=$1
busybox=${2:-/bin/busybox}
here=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case $(uname -m) in
    x86_64) architecture=amd64 ;;
    aarch64) architecture=arm64 ;;
    *) architecture=$(uname -m) ;;
esac

pack() { # <directory> <tar>
    tar --create --file="$2" --directory="$1" --format=ustar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=go-w .
}

root=$work/root
mkdir -p "$root/bin" "$root/etc" "$root/root" "$root/tmp" "$root/var" "$root/www/cgi-bin"
chmod 1777 "$root/tmp"
install -m 755 "$busybox" "$root/bin/busybox"
"$root/bin/busybox" --list | while read -r applet; do
    [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
done
install -m 755 "$here/sample/serve" "$root/bin/serve"
install -m 755 "$here/sample/index.cgi" "$root/www/cgi-bin/index.cgi"
install -m 644 "$here/sample/passwd" "$here/sample/group" "$root/etc/"

layout=$work/layout
blobs=$layout/blobs/sha256
mkdir -p "$blobs"
store() { # <file>: prints "digest":…,"size":… of the blob that it becomes
    digest=$(sha256sum "$1" | cut -d' ' -f1)
    mv "$1" "$blobs/$digest"
    printf '"digest":"sha256:%s","size":%s' "$digest" "$(stat -c %s "$blobs/$digest")"
}

pack "$root" "$work/layer.tar"
diff_id=sha256:$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
gzip --no-name --best "$work/layer.tar"
layer=$(store "$work/layer.tar.gz")
printf '{"architecture":"%s","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["/bin/serve"],"WorkingDir":"/","ExposedPorts":{"8080/tcp":{}}},%s}' \
    "$architecture" "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"$diff_id\"]}" > "$work/config"
config=$(store "$work/config")
printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":%s,%s},"layers":[{"mediaType":%s,%s}]}' \
    '"application/vnd.oci.image.config.v1+json"' "$config" '"application/vnd.oci.image.layer.v1.tar+gzip"' "$layer" > "$work/manifest"
manifest=$(store "$work/manifest")
printf '{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",%s,"annotations":{%s}}]}' \
    "$manifest" '"org.opencontainers.image.ref.name":"kates.dev/sample:1"' > "$layout/index.json"
printf '{"imageLayoutVersion":"1.0.0"}' > "$layout/oci-layout"
pack "$layout" "$work/image.tar"
mv "$work/image.tar" "$output"
