#!/usr/bin/env bash
# A Docker Engine for `npm run test:build`: the one that DOCKER_HOST names or that runs here; else one of Debian's docker.io, in DIR.
#
#   scripts/engine.sh DIR          starts it where none runs, and prints what to source: `. DIR/env.sh`
#   scripts/engine.sh --stop DIR
#
# Base images are pulled; where no registry answers, images of the same names and accounts are made from Debian's packages and
# from the Node.js that runs here. Needs root on Debian for an engine of its own. Exit code 3: there is no engine, and none can be
# started here.
set -euo pipefail
if [ "${1:-}" = --stop ]; then
  [ -f "$2/pid" ] || exit 0
  grep -qsx dockerd "/proc/$(cat "$2/pid")/comm" || exit 0
  kill "$(cat "$2/pid")"
  for _ in $(seq 100); do
    [ -f "$2/pid" ] || exit 0
    sleep 0.2
  done
  exit 1
fi
[ $# = 1 ] || { sed -n '2,9p' "$0"; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
# A client whose `build` works: newer ones need buildx beside them, Debian's brings all it needs.
docker() { if command docker buildx version >/dev/null 2>&1 || [ ! -x /usr/bin/docker ]; then command docker "$@"; else DOCKER_BUILDKIT=1 /usr/bin/docker "$@"; fi; }
impossible() { echo "No Docker Engine: $1." >&2; exit 3; }

start() {
  if docker info >/dev/null 2>&1; then
    : >"$dir/env.sh"
    [ -z "${DOCKER_HOST:-}" ] || echo "export DOCKER_HOST=$DOCKER_HOST" >"$dir/env.sh"
    return
  fi
  [ "$(id -u)" = 0 ] || impossible 'it takes root to start one'
  command -v apt-get >/dev/null || impossible 'there is no apt-get to install one'
  if ! command -v dockerd >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends docker.io >/dev/null || impossible 'docker.io can not be installed'
  fi
  echo "export DOCKER_HOST=unix://$dir/docker.sock DOCKER_BUILDKIT=1" >"$dir/env.sh"
  . "$dir/env.sh"
  docker info >/dev/null 2>&1 && return
  setsid dockerd -H "$DOCKER_HOST" --data-root "$dir/data" --exec-root "$dir/run" --pidfile "$dir/pid" \
    --iptables=false --ip6tables=false --bridge=none >"$dir/log" 2>&1 </dev/null &
  for _ in $(seq 100); do
    docker info >/dev/null 2>&1 && return
    sleep 0.3
  done
  impossible "dockerd does not come up, see $dir/log"
}

have() { docker image inspect "$1" >/dev/null 2>&1 || timeout 60 docker pull -q "$1" >/dev/null 2>&1; }

debian_image() {
  have debian:12-slim && return
  command -v debootstrap >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
  local root=$dir/debian mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | grep '/debian/\?$' | head -1)
  [ -n "$mirror" ] || impossible 'no registry answers, and apt has no Debian mirror'
  rm -rf "$root"
  debootstrap --variant=minbase --merged-usr --include=ca-certificates bookworm "$root" "$mirror" >"$dir/debian.log" 2>&1 ||
    impossible "no registry answers, and Debian can not be made from packages, see $dir/debian.log"
  cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* "$root"/var/log/* "$root"/dev/* "$root"/etc/resolv.conf
  tar -C "$root" --numeric-owner -c . | docker import -c 'CMD ["bash"]' \
    -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - debian:12-slim >/dev/null
  rm -rf "$root"
}

# With the account and the folders of the official image.
node_image() {
  have node:20-slim && return
  local from=$dir/node
  mkdir -p "$from"
  cp "$(command -v node)" "$from/node"
  cp -rL "$(dirname "$(readlink -f "$(command -v npm)")")/.." "$from/npm"
  docker build -q --network=host -t node:20-slim -f - "$from" >/dev/null <<'DOCKERFILE'
FROM debian:12-slim
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
ENV NODE_VERSION=20 NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
CMD ["node"]
DOCKERFILE
}

python_image() {
  have python:3.11-slim && return
  docker build -q --network=host -t python:3.11-slim - >/dev/null <<'DOCKERFILE'
FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip python3-venv && rm -rf /var/lib/apt/lists/* \
 && ln -s /usr/bin/python3 /usr/local/bin/python && ln -sf /usr/bin/pip3 /usr/local/bin/pip && rm -f /usr/lib/python3.11/EXTERNALLY-MANAGED
ENV LANG=C.UTF-8 PIP_CERT=/etc/ssl/certs/ca-certificates.crt
CMD ["python3"]
DOCKERFILE
}

start
debian_image
node_image
python_image
if ! command docker buildx version >/dev/null 2>&1 && [ -x /usr/bin/docker ]; then
  echo 'export DOCKER_CLIENT=/usr/bin/docker' >>"$dir/env.sh"
fi
echo ". $dir/env.sh"
