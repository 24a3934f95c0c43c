"""Millions of records through :mod:`mtrepair.api`: in chunks, on many cores, safe from crashes.

The way of a run, in the order of the modules::

    formats/   an input file in chunks, and the way back: the same file with patches
    work       a chunk of records -> what came of it (pure: bytes in, bytes out)
    crew       processes of this machine that do the work; the dead are replaced
    ray_engine the same work in actors of a Ray cluster
    journal    what is done, appended at once or not at all
    run        all of it together, and the output files at the end

The output depends on the input, the settings, the program and the model alone: not on the number
of processes, the engine, or how often the run was cut off.
"""
