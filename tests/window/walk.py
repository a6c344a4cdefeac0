"""Walks through the real window from welcome to complete on the practice organisation: once by mouse, once by keyboard alone.

    walk.py PROGRAM mouse|keyboard|appearances|alone|closing PICTURES

Pictures of each step go into the folder PICTURES. Ends with 1 if something on the way is not as it must be."""

import os
import pathlib
import sys
import time

from desktop import Desktop, NotThere, SIZE

# Seconds until the first frame, at most; the promise is half a second in a release build on a quiet machine.
FIRST_FRAME = 5.0
# Clock ticks that five idle seconds may cost.
IDLE_TICKS = 5


def must(what, held):
    if not held:
        raise NotThere(f"not as it must be: {what}")


def begin(desktop):
    took = desktop.open()
    must(f"the window came after {took:.2f} s", took < FIRST_FRAME)
    desktop.see("Move your mail")
    desktop.shot("1-welcome")
    used = desktop.ticks()
    time.sleep(5)
    used = desktop.ticks() - used
    must(f"{used} ticks of the processor in 5 idle seconds", used <= IDLE_TICKS)
    print(f"first window after {took:.2f} s; {used} ticks in 5 idle seconds")


def by_mouse(desktop):
    begin(desktop)
    desktop.primary()
    desktop.see("Choose one")
    desktop.click("Practise first", last=True)
    desktop.see("Client secret")
    desktop.shot("2-connection")
    desktop.primary()
    desktop.see("Nothing stands in the way")
    desktop.shot("3-review")
    desktop.click("Recipients")
    desktop.see("Name")
    desktop.shot("3-recipients")
    desktop.primary()
    desktop.see("Start the migration")
    desktop.beside_primary()
    # The title tells how far it is; the picture is to be of the middle.
    desktop.until(lambda: "%" in desktop.title() and not desktop.title().startswith("0%"), "progress in the title")
    desktop.shot("4-run")
    desktop.see("Nothing was lost")
    desktop.shot("4-synchronised")
    reports(desktop)
    desktop.primary()
    desktop.see("Before you complete")
    desktop.shot("5-complete")
    desktop.primary()
    desktop.see("Please consider")
    desktop.beside_primary()
    desktop.see("Nothing was lost", patience=120)
    desktop.shot("5-completed")
    must("the program still runs", desktop.running.poll() is None)


def by_keyboard(desktop):
    begin(desktop)
    # What comes first has the keyboard from the beginning: an arrow chooses, and Enter goes on.
    desktop.key("Down")
    desktop.shot("1-chosen")
    desktop.key("Return")
    desktop.see("Client secret")
    desktop.key("alt+b")
    desktop.see("Move your mail")
    desktop.key("alt+p")
    desktop.see("settings are filled in")
    # Tab leads through the form as it is read; the first field has the keyboard already.
    desktop.key("Tab", "shift+Tab", "alt+n")
    desktop.see("Nothing stands in the way")
    desktop.key("alt+r")
    desktop.see("Start the migration")
    desktop.key("Tab", "Return")
    desktop.until(lambda: "%" in desktop.title(), "progress in the title")
    desktop.see("Nothing was lost")
    reports(desktop)
    desktop.key("alt+o")
    desktop.see("Before you complete")
    desktop.key("alt+m")
    desktop.see("Please consider")
    desktop.key("Tab", "Return")
    desktop.see("Nothing was lost", patience=120)
    desktop.shot("5-completed-by-keyboard")


def reports(desktop):
    wanted = ["Errors.csv", "Folders.csv", "Items.csv", "Proof.jsonl", "Statistics.csv"]
    found = sorted(path.name for path in pathlib.Path(desktop.home).rglob("Migration*"))
    must(f"all reports are written, found {found}", found == [f"Migration{name}" for name in wanted])


def appearances(desktop):
    """Dark, high contrast, large text in a small window."""
    desktop.open()
    for name, preferences in (
        ("dark", 'appearance = "dark"\n'),
        ("high-contrast", 'appearance = "high-contrast"\n'),
        ("large-text", "text_percent = 200\nwindow_width = 1024\nwindow_height = 700\n"),
    ):
        again(desktop, preferences)
        desktop.see("Move your mail")
        desktop.shot(name)


def again(desktop, preferences):
    desktop.running.terminate()
    desktop.running.wait(10)
    folder = pathlib.Path(desktop.environment["XDG_CONFIG_HOME"]) / "cutover"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "preferences.toml").write_text(preferences)
    desktop.open(resize="window_width" not in preferences)


def alone(desktop):
    """A second start raises the first window and ends; no display is told in a sentence."""
    import subprocess

    desktop.open()
    second = subprocess.run([desktop.program], env=desktop.environment, capture_output=True, text=True, timeout=60, check=False)
    must(f"the second start ends with 0: {second}", second.returncode == 0)
    must("there is one window", len(desktop.run("xdotool", "search", "--onlyvisible", "--name", "Cutover").split()) == 1)
    blind = {key: value for key, value in desktop.environment.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    none = subprocess.run([desktop.program], env=blind, capture_output=True, text=True, timeout=60, check=False)
    must(f"without a display it ends with 2: {none}", none.returncode == 2)
    must(f"it says why: {none.stderr}", "window cannot be opened" in none.stderr and "panicked" not in none.stderr)


def closing(desktop):
    """Closing in the middle of a run asks; then it stops and ends by itself."""
    begin(desktop)
    desktop.key("alt+p")
    desktop.see("Client secret")
    desktop.key("alt+n")
    desktop.see("Nothing stands in the way")
    desktop.key("alt+r")
    desktop.see("Start the migration")
    desktop.key("Tab", "Return")
    desktop.until(lambda: "%" in desktop.title(), "progress in the title")
    desktop.key("alt+F4")
    desktop.shot("closing")
    must("it still runs", desktop.running.poll() is None)
    desktop.key("Tab", "Return")
    desktop.until(lambda: desktop.running.poll() is not None, "the end of the program", 30)
    must(f"it ends with 0, not {desktop.running.returncode}", desktop.running.returncode == 0)


WALKS = {"mouse": by_mouse, "keyboard": by_keyboard, "appearances": appearances, "alone": alone, "closing": closing}


def main():
    program, walk, pictures = sys.argv[1:4]
    with Desktop(os.path.abspath(program), pictures, SIZE) as desktop:
        try:
            WALKS[walk](desktop)
        except NotThere as reason:
            print(reason, file=sys.stderr)
            log = pathlib.Path(desktop.home) / "program.log"
            if log.exists():
                print(log.read_text(errors="replace")[-4000:], file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
