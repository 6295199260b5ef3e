"""A real terminal for a program that draws: a private tmux, looked at until what is waited for stands there."""
import subprocess
import uuid


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

    def run(self, *words):
        script = 'trap : INT; "$@"; echo "ended $?"; exec cat'
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

    def press(self, key):
        self.tmux("send-keys", key)

    def tell(self, what):
        return self.tmux("display-message", "-p", "#{%s}" % what).strip()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        subprocess.run(["tmux", "-L", self.name, "kill-server"], env=self.env, capture_output=True, timeout=60, check=False)
