// The int8 tile for processors that add four products of bytes to each 32-bit lane in one instruction.
//
// The file that includes this one defines `fours`, a vector of VECTOR_BYTES / 4 32-bit lanes, and
//   add_products(sums, q, weights)    sums + the products of each lane's four activations and four weights
//   broadcast(p)                      the four activations at p in each lane

static inline __attribute__((always_inline)) void tile_int8(
    const activation *q, size_t steps, const int8_t *panel, int32_t *out, const int rows) {
    enum { vectors = 64 / VECTOR_BYTES };
    fours sums[INT8_ROWS][vectors];
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < vectors; v++) sums[r][v] = (fours){};
    for (size_t step = 0; step < steps; step++) {
        fours weights[vectors];
        for (int v = 0; v < vectors; v++) weights[v] = *(const fours *)(panel + step * 64 + v * VECTOR_BYTES);
        for (int r = 0; r < rows; r++) {
            fours value = broadcast(q + (step * INT8_ROWS + r) * 4);
            for (int v = 0; v < vectors; v++) sums[r][v] = add_products(sums[r][v], value, weights[v]);
        }
    }
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < vectors; v++) *(fours *)(out + r * 16 + v * (VECTOR_BYTES / 4)) = sums[r][v];
}
