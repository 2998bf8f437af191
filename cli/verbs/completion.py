"""Shell completion of ``gd``, also if it is started as ``./gd`` or ``~/films/gd``.

click's own scripts call the program by its name, which must then be on the PATH. These scripts call
it by its full path: the installed `gd`, or this Python with the checkout's ``render.py``. click
finds the completions.

bash parts a word such as ``sgd@first`` at the ``@``, and completes what begins with it.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from cli.console.app import COMPLETE_VARIABLE, PROGRAM
from cli.console.help import argument, command
from cli.request.kinds import OneOf
from cli.request.options import lang_option

_BASH = """\
_gd_completion() {
    local IFS=$'\\n' response completion type value word last= before=
    local -a words=()
    for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
        if [[ $word == @ || $last == @ && -n $word ]]; then
            before=${words[${#words[@]}-1]%@}
            words[${#words[@]}-1]+=$word
        else
            before=
            words+=("$word")
        fi
        last=$word
    done
    response=$(COMP_WORDS="${words[*]}" COMP_CWORD=$((${#words[@]}-1)) \\
        @VARIABLE@=bash_complete @COMMAND@ 2>/dev/null)
    COMPREPLY=()
    for completion in $response; do
        IFS=',' read -r type value <<< "$completion"
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("${value#"$before"}") ;;
        esac
    done
}
complete -o nosort -F _gd_completion @PROGRAM@
"""
_ZSH = """\
#compdef @PROGRAM@
_gd_completion() {
    local -a response plain described
    local type key help
    response=("${(@f)$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \\
        @VARIABLE@=zsh_complete @COMMAND@ 2>/dev/null)}")
    for type key help in ${response}; do
        case $type in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            plain) [[ $help == _ ]] && plain+=("$key") || described+=("$key:$help") ;;
        esac
    done
    [[ -n $described ]] && _describe -V unsorted described -U
    [[ -n $plain ]] && compadd -U -V unsorted -a plain
}
compdef _gd_completion @PROGRAM@
"""
_FISH = """\
function _gd_completion
    set -l response (env @VARIABLE@=fish_complete COMP_WORDS=(commandline -cp | string collect) \\
        COMP_CWORD=(commandline -t | string collect) @COMMAND@ 2>/dev/null)
    for completion in $response
        set -l parts (string split -m 1 "," -- $completion)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                echo $parts[2]
        end
    end
end
complete --no-files --command @PROGRAM@ --arguments "(_gd_completion)"
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


@command("completion")
@argument("shell", type=OneOf(SCRIPTS), metavar="SHELL")
@lang_option
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    With it bash, zsh or fish complete what you type after gd, ./gd or any path to it.

    \b
    Examples:
      eval "$(gd completion bash)"     in ~/.bashrc, with the full path of gd
      eval "$(gd completion zsh)"      in ~/.zshrc, after compinit
      gd completion fish | source      in ~/.config/fish/config.fish
    """
    click.echo(_script(shell), nl=False)


def _script(shell: str) -> str:
    """The completion script of ``shell`` for this program."""
    started = Path(sys.argv[0]).resolve()
    words = [sys.executable, str(started)] if started.suffix == ".py" else [str(started)]
    return (
        SCRIPTS[shell]
        .replace("@VARIABLE@", COMPLETE_VARIABLE)
        .replace("@COMMAND@", shlex.join(words))
        .replace("@PROGRAM@", PROGRAM)
    )
