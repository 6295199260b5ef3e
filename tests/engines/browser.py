"""Chromium without a window, driven over its debugging pipe, that can reach nobody.

Every request of a page is written down, and whatever leaves the pages comes to a proxy of our own that answers nothing.
What a page runs of its own would be seen: dialogs, errors, and the words that the payloads of attacks call.
"""
import fcntl
import json
import os
import pathlib
import select
import socketserver
import subprocess
import threading
import time
from base64 import b64decode

PATIENCE = 180   # seconds: the machine may have other work
HERE = pathlib.Path(__file__).resolve().parent

# What an attack would do is counted; in a world of its own nothing of it could be seen.
WATCH = """
window.executed = [];
for (const word of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch', 'pwned'])
  window[word] = (...given) => { window.executed.push(word + ' ' + given.join(' ')); };
window.addEventListener('error', event => {
  if (!event.target || event.target === window) window.executed.push('error ' + event.message);
});
"""


class Silence(socketserver.BaseRequestHandler):
    """The proxy: what was asked for is kept, and no answer is given."""

    def handle(self):
        line = self.request.recv(65536).split(b"\r\n", 1)[0].decode("latin-1")
        self.server.asked.append(line)


class Browser:
    def __init__(self, scratch):
        self.proxy = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Silence)
        self.proxy.daemon_threads = True
        self.proxy.asked = []
        threading.Thread(target=self.proxy.serve_forever, args=(0.05,), daemon=True).start()
        (theirs_in, self._out), (self._in, theirs_out) = os.pipe(), os.pipe()
        self._process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
             "--disable-default-apps", "--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-pipe",
             "--disable-features=DialMediaRouteProvider,MediaRouter,OptimizationHints,Translate",
             f"--proxy-server=127.0.0.1:{self.proxy.server_address[1]}", "--proxy-bypass-list=<-loopback>",
             f"--user-data-dir={scratch}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=(3, 4),
            env={**os.environ, "HOME": str(scratch), "TZ": "Asia/Tokyo"}, preexec_fn=lambda: self._hand(theirs_in, theirs_out))
        os.close(theirs_in)
        os.close(theirs_out)
        self._number, self._rest, self.events = 0, b"", []

    @staticmethod
    def _hand(theirs_in, theirs_out):
        """Its ends of the pipes become 3 and 4, whatever they were."""
        high = [fcntl.fcntl(end, fcntl.F_DUPFD, 100) for end in (theirs_in, theirs_out)]
        os.dup2(high[0], 3)
        os.dup2(high[1], 4)

    def close(self):
        for end in (self._out, self._in):
            os.close(end)
        self._process.terminate()
        self._process.wait()
        self.proxy.shutdown()
        self.proxy.server_close()

    def _message(self, until):
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(0, until - time.monotonic()))
            piece = os.read(self._in, 1 << 20) if ready else b""
            assert piece, "the browser says nothing any more"
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        return json.loads(line)

    def call(self, method, session=None, **params):
        self._number += 1
        words = {"id": self._number, "method": method, "params": params, **({"sessionId": session} if session else {})}
        line, until = json.dumps(words).encode() + b"\0", time.monotonic() + PATIENCE
        while line:
            line = line[os.write(self._out, line):]
        while (message := self._message(until)).get("id") != self._number:
            self.events.append(message)
        assert "error" not in message, f"{method}: {message['error']}"
        return message["result"]

    def wait(self, method, session):
        until = time.monotonic() + PATIENCE
        while not any(one.get("method") == method and one.get("sessionId") == session for one in self.events):
            self.events.append(self._message(until))

    def page(self, path, width=1280, scheme="light"):
        return Page(self, path, width, scheme)


class Page:
    """A file shown. Closed at the end of a with."""

    def __init__(self, browser, path, width, scheme):
        self.browser, self.url = browser, path.resolve().as_uri()
        self._target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self._target, flatten=True)["sessionId"]
        self._asked = len(browser.proxy.asked)
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        self.call("Page.navigate", url=self.url)
        browser.wait("Page.loadEventFired", self.session)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.browser.call("Target.closeTarget", targetId=self._target)
        self.browser.events = [one for one in self.browser.events if one.get("sessionId") != self.session]

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def run(self, script):
        """The value of an expression, awaited."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def load(self, path):
        """A script of ours, or of a package, into the page."""
        self.run(f"{path.read_text()}\n;0")

    def _happened(self, method):
        return [one["params"] for one in self.browser.events
                if one.get("sessionId") == self.session and one.get("method") == method]

    def requests(self):
        """All that was asked for beside the page itself, as the page and as the proxy saw it.

        The browser has errands of its own, to its makers; every address in a thread of ours ends in .example.
        """
        urls = [one["request"]["url"] for one in self._happened("Network.requestWillBeSent")]
        proxied = [line for line in self.browser.proxy.asked[self._asked:] if ".example" in line.lower()]
        return [url for url in urls if url.split("#")[0] != self.url] + proxied

    def executed(self):
        """What ran that was not asked to, and what the browser held back."""
        dialogs = [one["message"] for one in self._happened("Page.javascriptDialogOpening")]
        errors = [str(one["exceptionDetails"].get("text")) for one in self._happened("Runtime.exceptionThrown")]
        refused = [one["entry"]["text"] for one in self._happened("Log.entryAdded") if one["entry"]["source"] in
                   ("security", "javascript", "violation", "network")]
        return self.run("window.executed") + dialogs + errors + refused

    def picture(self, path, height=None):
        """A screenshot, whole or of the first pixels."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], height or size["height"]), "scale": 1}
        path.write_bytes(b64decode(self.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)["data"]))
