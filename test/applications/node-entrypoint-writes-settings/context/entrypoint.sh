#!/bin/sh
set -e
echo "window.API = '${API:-none}'" > /app/settings.js
exec "$@"
