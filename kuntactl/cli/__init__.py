"""The command line: parse, call the pipeline, print, exit."""

import atexit
import gc
import os

# Polars' allocator gives memory back after half a second and has it zeroed anew when it is
# needed again: a sixth of the time in which a million rows are decided. After three seconds that
# costs nothing, while ten million rows, which take longer, hold a gigabyte less than for good.
# It is told so before Polars is loaded; whoever runs the program may say otherwise.
os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:2,dirty_decay_ms:3000,muzzy_decay_ms:0")

# What a command loads and reads stays until its end: looking through it for garbage as often as
# Python does takes a tenth of the time in which a command starts, and twice that when it ends.
gc.set_threshold(250_000)
atexit.register(gc.freeze)
