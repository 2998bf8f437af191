"""The exit codes of the whole program, as in sysexits.h where that has one.

This table lies below all rooms, since each of them raises errors and none may import all others.
An exception that has one of these numbers as its ``exit_code`` ends the program with it.
"""

SCENE_RAISED = 1
"""a scene raised an exception; or several films failed, with different codes"""
USAGE = 2
"""a word of the command line is wrong (click's own code)"""
BAD_DATA = 65
"""the samples cannot be read or shown, or the font lacks a character of a text"""
UNAVAILABLE = 69
"""something that is needed is not installed"""
INTERNAL = 70
"""a fault of this program"""
CANNOT_CREATE = 73
"""the output cannot be created where it was asked for"""
IO_ERROR = 74
"""writing failed after it had begun"""
INTERRUPTED = 130
"""Ctrl-C; as for every signal, 128 and its number"""
PIPE_CLOSED = 141
"""whoever read our output has seen enough (SIGPIPE)"""
TERMINATED = 143
"""SIGTERM"""
