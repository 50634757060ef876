# shells.py: what bash, zsh and fish complete, read back from the shells themselves
#
# SPDX-License-Identifier: BSD-3-Clause

import os
import pathlib
import pty
import shlex
import subprocess
import time

import tool

ENVIRONMENT = {
    **os.environ,
    "PATH": f"{pathlib.Path(tool.EXECUTABLE).parent}:{os.environ['PATH']}",
    "LC_ALL": "C.UTF-8",
    "TERM": "dumb",
}


def script(shell):
    """Of the tool under test."""
    return subprocess.run(
        [tool.EXECUTABLE, "completion", shell], check=True, capture_output=True, text=True
    ).stdout


def bash(line, *, cwd):
    """Completions of the last word of `line`, after "gridgrad "; a blank at its end begins one."""
    words = ["gridgrad", *shlex.split(line.replace("=", " = ")), *([""] if line[-1:] in ("", " ") else [])]
    (cwd / ".gridgrad.bash").write_text(script("bash"))
    drive = (
        "source ./.gridgrad.bash; complete -p gridgrad > /dev/null || exit 1\n"
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gridgrad\n'
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return finished(["bash", "--norc", "-c", drive, "bash", *words], cwd)


def fish(line, *, cwd):
    """As bash."""
    (cwd / ".gridgrad.fish").write_text(script("fish"))
    drive = f"source ./.gridgrad.fish; complete -C {shlex.quote('gridgrad ' + line)}"
    lines = finished(["fish", "--no-config", "-c", drive], cwd)
    return [line.split("\t")[0] for line in lines]


def finished(command, cwd):
    done = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return [line for line in done.stdout.split("\n") if line]


# Completions are what is handed to compadd; ^X writes the line down and takes it away.
ZSH = r"""
PS1= RPS1=
autoload -Uz compinit && compinit -u -D
compadd() {
  if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
    local -a found
    builtin compadd -A found "$@"
    print -rl -- $found >> .found
  fi
  builtin compadd "$@"
}
finish() { print -r -- "$BUFFER" > .line.part; mv .line.part .line; BUFFER= }
zle -N finish
bindkey '^X' finish
bindkey '^I' complete-word
setopt no_always_last_prompt no_beep
unsetopt list_ambiguous auto_menu
"""

BASH = r"""
PS1=
finish() { printf '%s\n' "$READLINE_LINE" > .line.part; mv .line.part .line; READLINE_LINE=; }
bind -x '"\C-x": finish'
"""


def zsh(line, *, cwd):
    """As bash; the script is found in $fpath."""
    typed("zsh", line, cwd=cwd)
    found = cwd / ".found"
    words = found.read_text().split("\n") if found.exists() else []
    return sorted({word for word in words if word})


def typed(shell, line, *, cwd, sourced=False):
    """What `line` becomes by the key Tab in a terminal, with the script installed or sourced."""
    (cwd / ".functions").mkdir(exist_ok=True)
    (cwd / ".functions" / "_gridgrad").write_text(script("zsh"))
    sources = f"source <(gridgrad completion {shell})\n"
    if shell == "zsh":
        setup = ZSH + sources if sourced else "fpath=($PWD/.functions $fpath)\n" + ZSH
    else:
        setup = BASH + sources
    (cwd / ".setup").write_text(setup)
    for name in (".line", ".found"):
        (cwd / name).unlink(missing_ok=True)
    arguments = {"zsh": ["zsh", "-f", "-i"], "bash": ["bash", "--norc", "--noprofile", "-i"]}[shell]
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(cwd)
        os.execvpe(shell, arguments, ENVIRONMENT)
    try:
        os.write(terminal, b"source ./.setup\r")
        os.write(terminal, f"gridgrad {line}\t\x18".encode())
        wait_for(cwd / ".line", terminal)
    finally:
        os.close(terminal)
        os.waitpid(process, 0)
    return (cwd / ".line").read_text().rstrip("\n").removeprefix("gridgrad ")


def wait_for(path, terminal):
    """What is printed meanwhile has to be read, or the shell waits."""
    os.set_blocking(terminal, False)
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline
        try:
            os.read(terminal, 65536)
        except BlockingIOError:
            time.sleep(0.01)
