"""What was made once and need not be made again; nothing in it is believed unread.

job -> key (all that decides the bytes) -> entry (checked by its checksum) -> published file
"""

from .films import FilmCache
from .place import LIMIT, cache_folder
from .store import Entry, Store

__all__ = ["LIMIT", "Entry", "FilmCache", "Store", "cache_folder"]
