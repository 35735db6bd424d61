"""Runs the second stage of packaging/Dockerfile without a container engine: in a bare Debian in a folder, with chroot.

    python3 Integration/container.py [FOLDER]        (as root; needs debootstrap; the folder is reused by the next run)

Reads the packages, the user, the copied files, the command, the health check and the signal from the Dockerfile itself, and
applies them to the release program (FRONTLINE_BINARY names another). Exit 0 if the server became ready, answered its
health check, and exited with 0 after the signal. The ports are shifted by 10,000 to avoid conflicts with a server on this machine.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
INSIDE = "FRONTLINE_CONTAINER_NAMESPACE"


def stage():
    """The instructions of the last stage: a list of (name, text)."""
    text = (ROOT / "packaging/Dockerfile").read_text().split("\nFROM ")[-1]
    lines = ("FROM " + text).replace("\\\n", " ").splitlines()
    return [tuple(line.split(None, 1)) for line in lines if line and not line.startswith("#")]


def words(text):
    """The JSON list at the end of an instruction, with shifted ports."""
    return [re.sub(r":(\d+)$", lambda port: f":{int(port.group(1)) + 10_000}", word) for word in json.loads(text[text.index("["):])]


def main():
    # In a separate mount namespace, so that the mounts below end with this process.
    if INSIDE not in os.environ:
        os.environ[INSIDE] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build/container").resolve()
    program = pathlib.Path(os.environ.get("FRONTLINE_BINARY", ROOT / ".build/release/frontline")).resolve()
    instructions = stage()
    one = dict(instructions)
    image = one["FROM"].split()[0]
    if not (folder / "bin/sh").exists():
        release = re.fullmatch(r"debian:(\w+)-slim", image).group(1)
        subprocess.run(["debootstrap", "--variant=minbase", release, folder], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            ["chroot", folder, "env", "DEBIAN_FRONTEND=noninteractive", "bash", "-euc", one["RUN"]], check=True, stdout=subprocess.DEVNULL)
    # The program reads its arguments from /proc.
    subprocess.run(["mount", "-t", "proc", "proc", folder / "proc"], check=True)
    for name, text in instructions:
        if name == "COPY":
            *options, source, target = text.split()
            target = folder / target.lstrip("/")
            if options:  # from the first stage: the program
                shutil.copyfile(program, target)
                target.chmod(0o755)
            else:
                shutil.copytree(ROOT / source, target, dirs_exist_ok=True)
    user, home = one["USER"], one["WORKDIR"]
    for left in (folder / home.lstrip("/")).iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    enter = ["chroot", f"--userspec={user}:{user}", folder, "env", "-i", "PATH=/usr/local/bin:/usr/bin:/bin", f"HOME={home}"]
    entry = words(one["ENTRYPOINT"])

    health = [*enter, *words(one["HEALTHCHECK"])]
    server = subprocess.Popen([*enter, *entry, *words(one["CMD"])], stderr=subprocess.PIPE, text=True)
    try:
        for line in server.stderr:
            if "ready" in line:
                break
        else:
            print(f"the server ended with {server.wait()}")
            return 1
        began = time.monotonic()
        checked = subprocess.run(health, capture_output=True, text=True, timeout=30)
        print(checked.stdout.strip() or checked.stderr.strip())
        print(f"health check: exit {checked.returncode} after {time.monotonic() - began:.2f} s")
        token = subprocess.run(
            [*enter, *entry, "token", "create", "--data", home, "--subject", "anna", "--role", "agent"], capture_output=True, text=True,
            timeout=30)
        print(f"token create: exit {token.returncode}")
        server.send_signal(getattr(signal, one["STOPSIGNAL"]))
        server.stderr.read()
        ended = server.wait(timeout=30)
        print(f"{one['STOPSIGNAL']}: exit {ended}")
        return 0 if checked.returncode == token.returncode == ended == 0 else 1
    finally:
        if server.poll() is None:
            server.kill()
            server.wait()


if __name__ == "__main__":
    sys.exit(main())
