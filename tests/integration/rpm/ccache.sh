# shellcheck shell=bash
# ccache.sh: objects that the build folder has already need not be compiled again for the packages,
# whose flags and relative paths are the same. Sourced by tests/run and build-packages. Without
# ccache everything is compiled twice.
if command -v ccache >/dev/null; then
    portal_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache
    export CCACHE_DIR=${CCACHE_DIR:-$portal_root/.build/ccache}
    export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$portal_root}
    export CCACHE_NOHASHDIR=true
fi
