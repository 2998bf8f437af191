"""Keeps finished films and segments. Every entry is checked when it is read.

film:    job -> key (what its bytes depend on) -> entry, checked by its checksum -> published file
segment: what its frames show -> key -> entry, checked by its checksum -> part of a film
"""

from pipeline.cache.films import FilmCache
from pipeline.cache.place import LIMIT, cache_folder
from pipeline.cache.segments import SegmentCache
from pipeline.cache.store import Entry, Store
from pipeline.cache.watching import watched

__all__ = ["LIMIT", "Entry", "FilmCache", "SegmentCache", "Store", "cache_folder", "watched"]
