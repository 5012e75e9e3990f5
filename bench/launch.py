"""Runs a command and prints what it and its children took, as JSON: seconds of CPU and of wall time, peak memory in MB
of the largest process, and the exit status.

In a small process of its own, since Linux counts the memory of the process that starts another as the other's.
"""

import json
import os
import sys
import time

start = time.perf_counter()
silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_, status, usage = os.wait4(process, 0)
wall = time.perf_counter() - start
cpu = usage.ru_utime + usage.ru_stime
print(json.dumps({"cpu": cpu, "wall": wall, "memory": usage.ru_maxrss / 1e3, "status": status}))
