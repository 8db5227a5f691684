#!/bin/sh
# Install what is missing of the named system packages: python, chromium, postgresql.
# Where this user may not install, say in one sentence which package is missing, and end with 2.
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

root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    # No cluster of its own, no service: the tests start a throw-away server.
    root sh -c 'mkdir -p /etc/postgresql-common && [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf' || return 1
    root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null || return 1
    root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null || return 1
}

for name in "$@"; do
    have "$name" && continue
    missing=$(package "$name")
    echo "Installing $missing (once) ..."
    install "$missing" || true
    if ! have "$name"; then
        echo "The system package $missing is missing and cannot be installed by this user: run 'apt-get install $missing' as root, then try again." >&2
        exit 2
    fi
done
