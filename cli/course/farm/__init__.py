"""Draws the films of a course elsewhere: in other processes, on other machines, in several runs.

The farm only fills the cache. The steps of the course run on this machine as always, one after the
other, and find their films there. So the files are the same, whoever drew the films.

films.py    which films a course needs, each once
drawing.py  draws one of them into a store; each machine does that
parcels.py  what is sent to a worker, and what comes back
errand.py   what the engine is asked for, and what it says
place.py    ``--on`` and ``--share``: where films are drawn
engine.py   hands the films out
process.py  connects the engine to Dask, in a process of its own
farm.py     starts that process, and hears from it
crew.py     without ``--on``: processes of this machine, each with its own film
waiting.py  a step waits for its films; what the farm and the crew have in common
shares.py   ``--share I/N``, which needs none of these
"""
