"""The program on a terminal of a given size, and what may stand on one."""
import fcntl
import os
import pty
import struct
import subprocess
import termios
import unicodedata

BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}


class Terminal:
    """A pseudo-terminal whose other end the test reads."""

    def __init__(self, columns, lines=24):
        self.ours, self.theirs = pty.openpty()
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read(self):
        """All until the program's end is closed."""
        os.close(self.theirs)
        parts = []
        while part := self.part():
            parts.append(part)
        os.close(self.ours)
        return b"".join(parts).decode()

    def part(self):
        try:
            return os.read(self.ours, 65536)
        except OSError:     # Linux says so when the last one has closed
            return b""

    def write(self, text):
        """What a person types."""
        os.write(self.ours, text.encode())

    def read_until(self, wanted):
        """What came until the wanted text did; the program stays as it is."""
        seen = b""
        while wanted.encode() not in seen:
            part = self.part()
            assert part, "the terminal was closed before %r came: %r" % (wanted, seen)
            seen += part
        return seen.decode()


def shown(archive, *words, columns=80, env=None):
    """(exit status, what the terminal was given, with plain line ends)."""
    terminal = Terminal(columns)
    process = subprocess.Popen([str(archive.path), *map(str, words)], stdin=subprocess.DEVNULL, stdout=terminal.theirs,
                               stderr=terminal.theirs, env={**archive.env, "PAGER": "cat", **(env or {})},
                               cwd=archive.home)
    text = terminal.read()
    return process.wait(120), text.replace("\r\n", "\n")


def width(line):
    """Columns of a line: wide and full-width characters take two, marks none (UAX #11)."""
    total = 0
    for char in line:
        if unicodedata.category(char) in ("Mn", "Me", "Cf"):
            continue
        total += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return total


def unsafe(text):
    """The characters that no terminal should be given, line ends apart."""
    return [char for char in text if char in BIDI or (unicodedata.category(char) in ("Cc", "Cs") and char != "\n")]
