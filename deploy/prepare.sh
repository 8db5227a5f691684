#!/bin/sh
# Install what is missing of the named system packages: python, chromium, postgresql.
# Where this user may not install, say in one sentence which packages are missing, and end with 2.
set -eu
PYTHON="${PYTHON:-python3}"

have() {
    case "$1" in
    python) "$PYTHON" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ;;
    chromium) command -v chromium >/dev/null 2>&1 ;;
    postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ;;
    esac
}

package() {
    case "$1" in
    python) echo python3-venv ;;
    *) echo "$1" ;;
    esac
}

# Print the packages of those that are missing, on one line.
missing() {
    found=""
    for name in "$@"; do
        have "$name" || found="$found $(package "$name")"
    done
    echo "${found# }"
}

root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    # No cluster of its own, no service: the tests start a throw-away server.
    root sh -c 'mkdir -p /etc/postgresql-common && [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf' || return 1
    root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null 2>&1 || return 1
    root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0
echo "Installing $wanted (once) ..."
# The names are words of ours, one for each package.
# shellcheck disable=SC2086
install $wanted || true
wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0
case "$wanted" in
*python3-venv*) version=" (Python 3.11 or newer)" ;;
*) version="" ;;
esac
echo "Missing, and not to be installed by this user: $wanted$version; run 'apt-get install $wanted' as root, then try again." >&2
exit 2
