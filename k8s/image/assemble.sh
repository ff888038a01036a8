#!/bin/sh
# Runs in the build stage only. `packages`: installs what the base lacks. `root DIR`: puts together
# the root folder of the image: our programs, those of s6 that are used, and the libraries of both.
set -eu

packages() {
  if [ -x /usr/bin/s6-svscan ] && [ -x /usr/bin/execlineb ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    return
  fi
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
    s6 execline ca-certificates libstdc++6 libgcc-s1
}

# The C library, the coreutils that start the supervisor, what confines Envoy, and s6.
programs="/bin/cp /bin/rm /bin/sleep /usr/bin/setpriv
  /usr/bin/s6-svscan /usr/bin/s6-supervise /usr/bin/s6-svc /usr/bin/s6-svstat /usr/bin/s6-svscanctl
  /usr/bin/s6-permafailon /usr/lib/execline/bin/execlineb"
builtins="eltest exit foreground if ifelse importas redirfd"

root() {
  root=$1
  mkdir -p "$root/usr/bin" "$root/usr/lib/execline/bin" "$root/etc/ssl/certs" "$root/opt" \
    "$root/run/headgate" "$root/proc" "$root/sys" "$root/dev" "$root/tmp"
  for folder in bin lib lib64; do
    mkdir -p "$root/usr/$folder"
    ln -s "usr/$folder" "$root/$folder"
  done

  for program in $programs; do install -m 755 "$(readlink -f "$program")" "$root/usr/bin/${program##*/}"; done
  for name in $builtins; do
    install -m 755 "$(readlink -f "/usr/lib/execline/bin/$name")" "$root/usr/lib/execline/bin/$name"
  done
  for program in node envoy headgate headgate-confined headgate-envoy headgate-init; do
    install -m 755 "/context/$program" "$root/usr/bin/"
  done
  cp -R /context/app "$root/opt/headgate"
  cp -R /context/services "$root/etc/headgate"

  find "$root/usr/bin" "$root/usr/lib/execline/bin" -type f | while read -r program; do
    ldd "$program" 2>/dev/null || true
  done | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/[^ ]*\) (.*/\1/p' | sort -u | while read -r library; do
    folder=$(dirname "$library")
    mkdir -p "$root$folder"
    install -m 755 "$(readlink -f "$library")" "$root$folder/${library##*/}"
    owner "$(readlink -f "$library")"
  done
  for program in $programs; do owner "$(readlink -f "$program")"; done

  install -m 644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
  echo 'headgate:x:65532:65532:headgate:/run/headgate:/nonexistent' > "$root/etc/passwd"
  echo 'headgate:x:65532:' > "$root/etc/group"
  cp /etc/os-release "$root/etc/os-release"
  chmod 1777 "$root/tmp" "$root/run/headgate"
}

# Notes the package that a file comes from, the way scanners look for it in an image without dpkg.
owner() {
  file=$1
  package=$(dpkg-query --search "$file" "${file#/usr}" 2>/dev/null | head -n 1 | sed 's/: .*//') || true
  [ -n "$package" ] || return 0
  mkdir -p "$root/var/lib/dpkg/status.d"
  dpkg-query --status "$package" > "$root/var/lib/dpkg/status.d/${package%%:*}"
}

"$@"
