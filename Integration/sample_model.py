"""Writes a small sentence encoder with random weights, for tests that need a model but not a good one."""
import json
import random
import struct

LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *("##" + letter for letter in LETTERS)]
WIDTH, POSITIONS, LENGTH = 32, 40, 32


def tensors():
    """The names and shapes of one layer and its embeddings."""
    yield "embeddings.word_embeddings.weight", [len(VOCABULARY), WIDTH]
    yield "embeddings.position_embeddings.weight", [POSITIONS, WIDTH]
    yield "embeddings.token_type_embeddings.weight", [2, WIDTH]
    layer = "encoder.layer.0."
    products = {
        "attention.self.query": (WIDTH, WIDTH), "attention.self.key": (WIDTH, WIDTH), "attention.self.value": (WIDTH, WIDTH),
        "attention.output.dense": (WIDTH, WIDTH), "intermediate.dense": (2 * WIDTH, WIDTH), "output.dense": (WIDTH, 2 * WIDTH)}
    for name, (outputs, inputs) in products.items():
        yield f"{layer}{name}.weight", [outputs, inputs]
        yield f"{layer}{name}.bias", [outputs]
    for name in ("embeddings.LayerNorm", f"{layer}attention.output.LayerNorm", f"{layer}output.LayerNorm"):
        yield f"{name}.weight", [WIDTH]
        yield f"{name}.bias", [WIDTH]


def files(seed=1):
    """The files of a model by their paths; another seed gives another model."""
    generator = random.Random(seed)
    header, data = {}, bytearray()
    for name, shape in tensors():
        start = len(data)
        for _ in range(shape[0] * (shape[1] if len(shape) > 1 else 1)):
            data += struct.pack("<f", generator.uniform(-1, 1))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, len(data)]}
    head = json.dumps(header).encode()
    modules = [("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")]
    return {
        "config.json": json.dumps({
            "model_type": "bert", "hidden_size": WIDTH, "num_hidden_layers": 1, "num_attention_heads": 4,
            "intermediate_size": 2 * WIDTH, "vocab_size": len(VOCABULARY), "max_position_embeddings": POSITIONS}).encode(),
        "modules.json": json.dumps(
            [{"type": f"sentence_transformers.models.{kind}", "path": path} for kind, path in modules]).encode(),
        "1_Pooling/config.json": json.dumps({"pooling_mode_mean_tokens": True}).encode(),
        "sentence_bert_config.json": json.dumps({"max_seq_length": LENGTH}).encode(),
        "vocab.txt": "\n".join(VOCABULARY).encode(),
        "model.safetensors": struct.pack("<Q", len(head)) + head + bytes(data),
    }


def write(folder, seed=1):
    """Writes the files below a folder."""
    for name, content in files(seed).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
