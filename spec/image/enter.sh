#!/bin/sh
# Starts the image the way a container runtime does for a restricted Pod; needs root, runs under
# `unshare --mount --pid --ipc --uts --fork`. Read-only root, a tmpfs for /run/headgate, no
# capabilities, no new privileges, user 65532, nothing of the environment but what is named.
# Arguments: ROOT STATE FOLDER MOUNTPOINT VARIABLE=VALUE..., where FOLDER is mounted, read-only.
set -eu
root=$1 state=$2 folder=$3 point=$4
shift 4

mount --make-rprivate /
mkdir -p "$root$point"
mount --bind "$root" "$root"
mount -o remount,bind,ro,nosuid,nodev "$root"
mount --bind "$state" "$root/run/headgate"
mount -t tmpfs -o nosuid,mode=755 tmpfs "$root/dev"
for device in null zero random urandom; do
  : > "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount --bind "$folder" "$root$point"
mount -o remount,bind,ro,nosuid,nodev "$root$point"

chroot=$(command -v chroot)
exec env -i "$@" setpriv --no-new-privs --inh-caps=-all \
  --bounding-set=-all,+sys_chroot,+setuid,+setgid \
  "$chroot" --userspec=65532:65532 --groups= "$root" /usr/bin/headgate-init
