"""The exit codes of the whole program, from sysexits.h where it has a suitable one.

This table is outside all packages, since each of them raises errors and none may import all others.
An exception that has one of these numbers as its ``exit_code`` ends the program with it.
"""

SCENE_RAISED = 1
"""a scene raised an exception; or several films failed, with different codes"""
USAGE = 2
"""a part of the command line is wrong (click's own code)"""
BAD_DATA = 65
"""samples, a recording or manim's settings cannot be read, or the font lacks a character"""
UNAVAILABLE = 69
"""something that is needed is not installed, or a program that should speak fails"""
INTERNAL = 70
"""a fault of this program"""
CANNOT_CREATE = 73
"""the output cannot be created at its path"""
IO_ERROR = 74
"""writing failed after it had begun"""
TIMED_OUT = 124
"""a film took longer than --timeout allows; `timeout` of coreutils has the same code"""
INTERRUPTED = 130
"""Ctrl-C; as for every signal, 128 and its number"""
PIPE_CLOSED = 141
"""the reader of our output has closed it (SIGPIPE)"""
TERMINATED = 143
"""SIGTERM"""
