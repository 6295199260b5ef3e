"""A real terminal for a program that draws: a private tmux, looked at until what is waited for stands there."""
import subprocess
import uuid

from terminals import width


class Screen:
    """`with Screen(archive, 80, 24) as screen: screen.run("fetch", …)`; the shell's last words are "ended STATUS"."""

    def __init__(self, archive, columns, lines, env=None):
        self.archive, self.columns, self.lines = archive, columns, lines
        self.env = {**archive.env, "TERM": "screen", **(env or {})}
        self.name = "archive-" + uuid.uuid4().hex

    def tmux(self, *words):
        done = subprocess.run(["tmux", "-L", self.name, "-f", "/dev/null", "-u", *map(str, words)], env=self.env,
                              cwd=self.archive.home, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    def shell(self):
        """A shell with jobs, for what a person does besides."""
        self.tmux("new-session", "-d", "-x", self.columns, "-y", self.lines, "env", "PS1=ready ", "bash", "--norc", "--noprofile")
        self.wait_for("ready")

    def run(self, *words):
        script = 'trap : INT; TERM=${PROGRAM_TERM:-$TERM} "$@"; echo "ended $?"; exec cat'
        self.tmux("new-session", "-d", "-x", self.columns, "-y", self.lines, "sh", "-c", script, "sh", self.archive.path, *words)

    def text(self):
        """The lines that stand there."""
        return self.tmux("capture-pane", "-p").rstrip("\n").split("\n")

    def wait_for(self, wanted):
        for _ in range(4000):
            lines = self.text()
            if any(wanted in line for line in lines):
                return lines
        raise AssertionError("%r never came: %r" % (wanted, lines))

    def wait_until(self, true_of):
        """Until that can be said of the lines."""
        for _ in range(4000):
            lines = self.text()
            if true_of(lines):
                return lines
        raise AssertionError("it never came to that: %r" % lines)

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def type(self, text):
        """As characters, whatever keys they may be the names of."""
        self.tmux("send-keys", "-l", text)

    def paste(self, text):
        """As a terminal pastes: in brackets, where the program asked for them."""
        self.tmux("set-buffer", text)
        self.tmux("paste-buffer", "-p")

    def resize(self, columns, lines):
        self.tmux("resize-window", "-x", columns, "-y", lines)

    def column_of(self, wanted):
        """In which columns of the screen a character stands, one a line that has it."""
        return [width(line[:line.index(wanted)]) for line in self.text() if wanted in line]

    def looks(self):
        """The lines with what makes them look so."""
        return self.tmux("capture-pane", "-p", "-e").rstrip("\n").split("\n")

    def tell(self, what):
        return self.tmux("display-message", "-p", "#{%s}" % what).strip()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        subprocess.run(["tmux", "-L", self.name, "kill-server"], env=self.env, capture_output=True, timeout=60, check=False)
