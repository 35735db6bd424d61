"""Compares VectorIndex with hnswlib and faiss on the same vectors: time, recall at 10, and the time to build.

usage: vectors.py VECTORS.f32 QUERIES.f32 [--dimension 384] [--threads 1]     (pip install numpy hnswlib faiss-cpu)

The files are 32-bit floats, one vector of length 1 after another. FRONTLINE_BENCHMARK names the program, by default
.build/release/frontline-benchmark. The truth is the exact scan of the floats. Searches run one at a time on one core.
"""
import argparse
import json
import os
import subprocess
import tempfile
import time

import faiss
import hnswlib
import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("vectors")
parser.add_argument("queries")
parser.add_argument("--dimension", type=int, default=384)
parser.add_argument("--threads", type=int, default=1)
arguments = parser.parse_args()
PROGRAM = os.environ.get("FRONTLINE_BENCHMARK", ".build/release/frontline-benchmark").split()
base = np.fromfile(arguments.vectors, np.float32).reshape(-1, arguments.dimension)
queries = np.fromfile(arguments.queries, np.float32).reshape(-1, arguments.dimension)
# In parts, so that the scores take little memory.
truth = [set(np.argpartition(-row, 10)[:10]) for start in range(0, len(queries), 50) for row in queries[start:start + 50] @ base.T]


def report(engine, settings, seconds, found, times):
    hits = np.mean([len(expected & set(map(int, ids))) / 10 for expected, ids in zip(truth, found)])
    times = np.array(times) * 1e3
    print(json.dumps({
        "engine": engine, **settings, "vectors": len(base), "build_s": round(seconds, 1),
        "recall_at_10": round(float(hits), 4), "p50_ms": round(float(np.percentile(times, 50)), 3),
        "p99_ms": round(float(np.percentile(times, 99)), 3)}), flush=True)


def timed(search):
    found, times = [], []
    for query in queries:
        start = time.perf_counter()
        ids = search(query.reshape(1, -1))
        times.append(time.perf_counter() - start)
        found.append(ids)
    return found, times


with tempfile.NamedTemporaryFile("r") as matches:
    options = ["--dimension", str(arguments.dimension), "--threads", str(arguments.threads), "--matches", matches.name]
    command = [*PROGRAM, "vectors", "--vectors", arguments.vectors, "--queries", arguments.queries, *options]
    print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="", flush=True)
    hits = [len(expected & set(map(int, line.split()))) / 10 for expected, line in zip(truth, matches)]
    print(json.dumps({"engine": "frontline", "recall_at_10_of_floats": round(float(np.mean(hits)), 4)}), flush=True)

faiss.omp_set_num_threads(arguments.threads)
start = time.perf_counter()
lists = max(1, len(base) // 128)
index = faiss.IndexIVFFlat(faiss.IndexFlatIP(arguments.dimension), arguments.dimension, lists, faiss.METRIC_INNER_PRODUCT)
index.train(base[:: max(1, len(base) // (lists * 32))])
index.add(base)
seconds = time.perf_counter() - start
faiss.omp_set_num_threads(1)
for probes in (32, 64, 128):
    index.nprobe = probes
    report("faiss IVFFlat", {"lists": lists, "probes": probes}, seconds, *timed(lambda query: index.search(query, 10)[1][0]))
del index

start = time.perf_counter()
graph = hnswlib.Index(space="ip", dim=arguments.dimension)
graph.init_index(max_elements=len(base), M=16, ef_construction=100, random_seed=1)
graph.add_items(base, num_threads=arguments.threads)
seconds = time.perf_counter() - start
for ef in (50, 100, 200):
    graph.set_ef(ef)
    report("hnswlib", {"M": 16, "ef": ef}, seconds, *timed(lambda query: graph.knn_query(query, k=10, num_threads=1)[0][0]))
