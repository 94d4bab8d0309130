#!/bin/sh
# Runs a command and prints what the processor counted meanwhile: cycles, instructions, misses of the caches and of branches.
#
#     benchmarks/counters.sh COMMAND [ARGUMENT ...]
#
# The exit code is that of the command. It needs Linux and perf (Debian: linux-perf), a machine that lets its counters be read (many virtual
# machines do not), and kernel.perf_event_paranoid of 2 or less. Where one of these fails it says which, and runs the command all the same.

if [ $# -eq 0 ]; then
    echo "usage: $0 COMMAND [ARGUMENT ...]" >&2
    exit 2
fi

events=cycles:u,instructions:u,cache-references:u,cache-misses:u,branches:u,branch-misses:u

without() {
    echo "No counters: $1. The command runs without them." >&2
    shift
    exec "$@"
}

command -v perf >/dev/null 2>&1 || without "perf is not installed (Debian: linux-perf)" "$@"
probe=$(LC_ALL=C perf stat -x, -e cycles:u true 2>&1)
case $probe in
    *"<not supported>"*) without "this machine, probably a virtual one, has none that can be read" "$@" ;;
    *"ermission"* | *"paranoid"* | *"No permission"*)
        without "reading them is not permitted (kernel.perf_event_paranoid is $(cat /proc/sys/kernel/perf_event_paranoid 2>/dev/null))" "$@" ;;
esac
case $probe in
    [0-9]*) exec perf stat -e "$events" -- "$@" ;;
    *) without "perf says: $(echo "$probe" | head -n 1)" "$@" ;;
esac
