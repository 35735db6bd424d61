"""Compares the tokenizer and the vectors of SentenceEncoder with Hugging Face's tokenizers and with numpy.

usage: compare.py MODEL_DIR [--texts FILE …] [--random 1000000] [--vectors 200] [--seed 1]
    (pip install numpy scipy tokenizers)

MODEL_DIR is a folder in the layout of sentence-transformers. FRONTLINE_BENCHMARK names the program, by default
.build/release/frontline-benchmark. Random strings mix all of Unicode, marks in any order, ideographs, cases, special
tokens and long words; FILEs give a text for each line. Prints a JSON line for each comparison, and fails if a tokenizer
differs, a float vector differs by more than 2e-5, or an int8 vector has a cosine below .995.
"""
import argparse
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

import numpy as np
from scipy.special import erf
from tokenizers import Tokenizer

parser = argparse.ArgumentParser()
parser.add_argument("model", type=pathlib.Path)
parser.add_argument("--texts", nargs="*", type=pathlib.Path, default=[])
parser.add_argument("--random", type=int, default=1_000_000)
parser.add_argument("--vectors", type=int, default=200)
parser.add_argument("--seed", type=int, default=1)
arguments = parser.parse_args()
PROGRAM = os.environ.get("FRONTLINE_BENCHMARK", ".build/release/frontline-benchmark").split()
generator = random.Random(arguments.seed)


def run(*options, texts):
    """Writes texts, each after its length, to the program; returns the lines of its answer."""
    data = b"".join(struct.pack("<I", len(raw)) + raw for raw in (text.encode() for text in texts))
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        command = [*PROGRAM, "encoder", "--model", str(arguments.model), *options]
        return subprocess.run(command, stdin=given, capture_output=True, check=True).stdout.decode().splitlines()


def any_character():
    while True:
        code = generator.randrange(0x110000)
        if not 0xD800 <= code < 0xE000:
            return chr(code)


def below(limit):
    return lambda: chr(generator.randrange(limit))


def among(*ranges):
    return lambda: chr(generator.randrange(*generator.choice(ranges)))


MARKS = among((0x300, 0x370), (0x1AB0, 0x1AFF), (0x302A, 0x3030), (0x1D165, 0x1D173), (0x1E000, 0x1E02B), (0x8D3, 0x900))
KINDS = [
    any_character, below(0x80), below(0x250), below(0x3000), MARKS, among((0x61, 0x7B)), among((0x41, 0x5B)),
    among((0x4E00, 0x9FFF), (0xAC00, 0xD7A4), (0x3040, 0x3100), (0xF900, 0xFB00)), among((0x370, 0x530)),
    among((0x590, 0x700), (0x900, 0xE00)), among((0x1F300, 0x1FAFF), (0x2000, 0x2070)), among((0x1D100, 0x1D200)),
    lambda: generator.choice(["[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]", "[cls]", "[", "##", "##s"]),
    lambda: generator.choice(" \t\n\r\u00a0\u3000\u2028\u0085\u200b\ufeff\0\ufffd"), lambda: "İ", lambda: "ß",
]


def random_text():
    kinds = generator.sample(KINDS, generator.randrange(1, 6))
    length = generator.choice([1, 3, 8, 20, 60]) if generator.random() < 0.999 else 400
    return "".join(generator.choice(kinds)() for _ in range(generator.randrange(1, length + 1)))


def compare_tokens(name, texts, tokenizer):
    ours, differing = run("--tokens", texts=texts), []
    assert len(ours) == len(texts)
    for start in range(0, len(texts), 10_000):
        chunk = texts[start:start + 10_000]
        for text, line, reference in zip(chunk, ours[start:], tokenizer.encode_batch(chunk)):
            if line != " ".join(map(str, reference.ids)):
                differing.append((text, line, reference.ids))
    print(json.dumps({"compared": name, "texts": len(texts), "equal": len(texts) - len(differing)}), flush=True)
    for text, line, reference in differing[:5]:
        print(f"  {text!r}\n    ours {line}\n    reference {reference}", file=sys.stderr)
    return not differing


def tensors(path):
    raw = path.read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    header, data = json.loads(raw[8:8 + size]), raw[8 + size:]
    kinds = {"F32": np.float32, "F16": np.float16, "I64": np.int64}
    return {
        name.removeprefix("bert."): np.frombuffer(data[slice(*entry["data_offsets"])], kinds[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items() if name != "__metadata__"
    }


class Reference:
    """The encoder in numpy, float32, mean pooling: one text at a time."""

    def __init__(self, folder):
        self.config = json.loads((folder / "config.json").read_text())
        self.weights = tensors(folder / "model.safetensors")

    def norm(self, x, name):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + self.config.get("layer_norm_eps", 1e-12))
        return scaled * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def encode(self, ids):
        heads, width, n = self.config["num_attention_heads"], self.config["hidden_size"], len(ids)
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:n]
        x = self.norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(self.config["num_hidden_layers"]):
            at = f"encoder.layer.{layer}."
            q, k, v = (
                self.linear(x, f"{at}attention.self.{part}").reshape(n, heads, -1).transpose(1, 0, 2)
                for part in ("query", "key", "value")
            )
            a = q @ k.transpose(0, 2, 1) / np.sqrt(width // heads)
            a = np.exp(a - a.max(-1, keepdims=True))
            mixed = ((a / a.sum(-1, keepdims=True)) @ v).transpose(1, 0, 2).reshape(n, width)
            x = self.norm(x + self.linear(mixed, at + "attention.output.dense"), at + "attention.output.LayerNorm")
            h = self.linear(x, at + "intermediate.dense")
            h = 0.5 * h * (1 + erf(h / np.sqrt(2)))
            x = self.norm(x + self.linear(h, at + "output.dense"), at + "output.LayerNorm")
        pooled = x.mean(0)
        return pooled / np.linalg.norm(pooled)


def compare_vectors(texts, tokenizer):
    length = json.loads((arguments.model / "sentence_bert_config.json").read_text())["max_seq_length"]
    tokenizer.enable_truncation(length)
    reference = Reference(arguments.model)
    expected = np.array([reference.encode(tokenizer.encode(text).ids) for text in texts])
    succeeded = True
    for weights in ("float", "int8"):
        lines = run("--vectors", "--weights", weights, texts=texts)
        vectors = np.array([[float(number) for number in line.split()] for line in lines])
        cosines = (vectors * expected).sum(1)
        # For each text, how many of the ten nearest others are the same.
        nearest = [np.argsort(-(m @ m.T), kind="stable")[:, 1:11] for m in (vectors, expected)]
        shared = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(*nearest)])
        difference = float(np.abs(vectors - expected).max())
        print(json.dumps({
            "compared": f"{weights} vectors", "texts": len(texts), "greatest_difference": difference,
            "least_cosine": float(cosines.min()), "mean_cosine": float(cosines.mean()),
            "same_of_ten_nearest": round(float(shared), 4)}), flush=True)
        succeeded &= difference < 2e-5 if weights == "float" else bool(cosines.min() >= 0.995)
    return succeeded


tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.no_truncation()
real = [line for path in arguments.texts for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
passed = True
if real:
    passed &= compare_tokens("real texts", real, tokenizer)
if arguments.random:
    passed &= compare_tokens("random texts", [random_text() for _ in range(arguments.random)], tokenizer)
if real and arguments.vectors:
    passed &= compare_vectors(generator.sample(real, min(arguments.vectors, len(real))), tokenizer)
sys.exit(0 if passed else 1)
