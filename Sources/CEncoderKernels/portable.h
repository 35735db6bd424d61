// What `dot4.h` and `kernels.h` need, in operations that every processor has.

#include <string.h>

typedef uint8_t activation;
#define ACTIVATION_OFFSET 0

typedef int32_t fours __attribute__((vector_size(VECTOR_BYTES), aligned(4), may_alias));

static inline __attribute__((always_inline)) fours broadcast(const activation *q) {
    int32_t four;
    memcpy(&four, q, sizeof four);
    return (fours){} + four;
}

// Unsigned activations times signed weights, as VPDPBUSD does.
static inline __attribute__((always_inline)) fours add_products(fours sums, fours q, fours weights) {
    for (int shift = 0; shift < 32; shift += 8) {
        sums += ((q >> shift) & 255) * ((weights << (24 - shift)) >> 24);
    }
    return sums;
}

static inline __attribute__((always_inline)) int32_t dot_row(
    const int16_t *query, const int8_t *vector, size_t dimension) {
    int32_t sum = 0;
    for (size_t i = 0; i < dimension; i++) sum += query[i] * vector[i];
    return sum;
}
