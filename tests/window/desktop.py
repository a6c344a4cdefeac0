"""A desktop to drive the real window on: an X server without a screen, a window manager, the program with a home of its own.
What is on screen is found as a person finds it, by reading it: screenshots go through optical character recognition."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

SIZE = (1280, 900)
# Recognition is good with large letters only, and sees words at one size that it misses at another.
ENLARGED = (2, 3, 2.5)
# The accent of the light appearance, `LIGHT.accent` in src/gui/theme.rs.
ACCENT = bytes((0x0B, 0x66, 0x70))
# Seconds that anything on screen may take.
PATIENCE = 60


class NotThere(Exception):
    """What was looked for did not come."""


class Desktop:
    def __init__(self, program, pictures, size=SIZE, arguments=(), environment=None):
        self.program, self.pictures, self.size = program, pathlib.Path(pictures), size
        self.arguments = list(arguments)
        self.home = tempfile.mkdtemp(prefix="cutover-window-")
        self.extra = environment or {}
        self.processes = []
        self.window = None
        self.looks = 0

    def __enter__(self):
        self.pictures.mkdir(parents=True, exist_ok=True)
        read, write = os.pipe()
        width, height = self.size
        self.start(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"], pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as told:
            self.display = ":" + told.readline().strip()
        self.environment = {
            **{key: value for key, value in os.environ.items() if key not in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY")},
            "DISPLAY": self.display,
            "HOME": self.home,
            "XDG_RUNTIME_DIR": self.home,
            "XDG_CONFIG_HOME": f"{self.home}/config",
            "XDG_DATA_HOME": f"{self.home}/data",
            "LC_ALL": "C.UTF-8",
            **self.extra,
        }
        self.start(["openbox"], env=self.environment)
        # A window that is mapped while the manager is only starting may never be shown.
        self.until(lambda: "window id" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "the window manager")
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self, command, **options):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=options.pop("stderr", subprocess.DEVNULL), **options)
        self.processes.append(process)
        return process

    def run(self, *command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NotThere(f"{command}: {done.stderr.strip()}")
        return done.stdout

    def open(self, resize=True):
        """Starts the program and waits for its window; answers the seconds until it was there."""
        began = time.monotonic()
        log = open(f"{self.home}/program.log", "wb")
        self.running = self.start([self.program, *self.arguments], env=self.environment, stderr=log)
        self.window = self.until(self.find_window, "the window")
        took = time.monotonic() - began
        if not resize:
            return took
        width, height = self.size
        self.run("xdotool", "windowsize", "--sync", self.window, str(width - 40), str(height - 60))
        self.run("xdotool", "windowmove", self.window, "10", "25")
        return took

    def find_window(self):
        try:
            found = self.run("xdotool", "search", "--onlyvisible", "--pid", str(self.running.pid)).split()
        except NotThere:
            return None
        return found[0] if found else None

    def title(self):
        return self.run("xdotool", "getwindowname", self.window).strip()

    def until(self, look, what, patience=PATIENCE):
        end = time.monotonic() + patience
        seen = lambda: self.seen() if self.window else ""
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > end:
                self.shot("given-up")
                raise NotThere(f"{what} did not come within {patience} s; see {self.pictures}/given-up.png\n{seen()}")
            time.sleep(0.2)

    def shot(self, name):
        """A picture of the window alone."""
        path = self.pictures / f"{name}.png"
        self.run("import", "-window", self.window or "root", str(path))
        return path

    def words(self):
        self.looks += 1
        enlarged = ENLARGED[self.looks % len(ENLARGED)]
        return self.read(enlarged)

    def read(self, enlarged):
        """Every word on screen with its place: (text, left, top, width, height)."""
        with tempfile.TemporaryDirectory() as folder:
            plain, large = f"{folder}/plain.png", f"{folder}/large.png"
            self.run("import", "-window", self.window, plain)
            self.run("convert", plain, "-colorspace", "Gray", "-resize", f"{enlarged * 100}%", large)
            table = self.run("tesseract", large, "stdout", "--psm", "11", "tsv")
        across, down = self.corner()
        found = []
        for line in table.splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) == 12 and bare(cells[11]):
                left, top, width, height = (int(int(cell) / enlarged) for cell in cells[6:10])
                found.append((cells[11].strip(), left + across, top + down, width, height))
        return found

    def corner(self):
        """Where the window's content begins on the screen."""
        told = self.run("xwininfo", "-id", self.window)
        return tuple(int(told.split(f"Absolute upper-left {axis}:")[1].split()[0]) for axis in "XY")

    def primary(self, patience=PATIENCE):
        """Presses the primary button: the lowest thing in the accent colour. (Recognition does not read light on dark.)"""
        x, y = self.until(self.find_primary, "a primary button", patience)
        self.press_at(x, y)

    def beside_primary(self, patience=PATIENCE):
        """Presses the button after the primary one: in a question the harmless answer is the primary one."""
        x, y = self.until(self.find_primary, "a primary button", patience)
        self.press_at(x + 72, y)

    def find_primary(self):
        # Under the mouse it has another colour.
        self.run("xdotool", "mousemove", "3", "3", "sleep", "0.2")
        raw = subprocess.run(["import", "-window", "root", "-depth", "8", "rgb:-"], env=self.environment, capture_output=True, check=True).stdout
        at = raw.rfind(ACCENT * 24)
        if at < 0:
            return None
        pixel = at // 3
        return pixel % self.size[0] + 12, pixel // self.size[0] - 12

    def seen(self):
        return " ".join(word[0] for word in self.words())

    def place(self, phrase, last=False):
        """The middle of a phrase on screen, the uppermost or the lowest one; None if it is not there."""
        wanted = [bare(word) for word in phrase.split()]
        words = self.words()
        hits = []
        for index in range(len(words)):
            run = words[index : index + len(wanted)]
            if [bare(word[0]) for word in run] == wanted:
                left, right = run[0][1], run[-1][1] + run[-1][3]
                hits.append(((left + right) // 2, run[0][2] + run[0][4] // 2))
        lowest = sorted(hits, key=lambda hit: hit[1])
        return (lowest[-1] if last else lowest[0]) if hits else None

    def see(self, phrase, patience=PATIENCE):
        return self.until(lambda: self.place(phrase), f"“{phrase}”", patience)

    def click(self, phrase, last=False, patience=PATIENCE):
        x, y = self.until(lambda: self.place(phrase, last), f"“{phrase}”", patience)
        self.press_at(x, y)

    def reach(self, phrase, patience=PATIENCE):
        """As `click`, for what may be further down the page."""
        self.until(lambda: self.place(phrase) or self.scroll(), f"“{phrase}”", patience)
        self.click(phrase)

    def scroll(self, button="5"):
        width, height = self.size
        self.run("xdotool", "mousemove", str(width // 2 + 100), str(height // 2), "click", "--repeat", "4", "--delay", "40", button)
        time.sleep(0.3)

    def press_at(self, x, y):
        self.run("xdotool", "mousemove", str(x), str(y), "sleep", "0.1", "click", "1")

    def key(self, *keys):
        """Presses keys one after the other, each after the one before has had its effect: a busy computer hands several to
        the window at once, and then Enter still presses what had the keyboard before Tab."""
        for key in keys:
            self.run("xdotool", "key", key)
            time.sleep(0.5)

    def ticks(self):
        """Clock ticks of processor time that the program has used."""
        fields = pathlib.Path(f"/proc/{self.running.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])


def bare(word):
    """A word without what recognition gets wrong at its edges."""
    return word.strip(".,:;!?…|()[]“”\"'‘’©®*").lower()
