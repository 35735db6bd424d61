#include "CEncoderKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define KERNELS frontline_kernels_avx2
#define KERNELS_NAME "avx2"
#define VECTOR_BYTES 32
#define FLOAT_ROWS 6
#define INT8_ROWS 6

typedef uint8_t activation;
#define ACTIVATION_OFFSET 0

// VPMADDUBSW adds two products in 16 bits. They fit, because `frontline_pack_int8` keeps the magnitudes of each pair of
// weights within 128 together: 255 · 128 < 2¹⁵.
static inline __attribute__((always_inline)) void tile_int8(
    const activation *q, size_t steps, const int8_t *panel, int32_t *out, const int rows) {
    __m256i sums[INT8_ROWS][2];
    const __m256i ones = _mm256_set1_epi16(1);
    for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm256_setzero_si256();
#pragma clang loop unroll_count(2)
    for (size_t step = 0; step < steps; step++) {
        const __m256i *weights = (const __m256i *)(panel + step * 64);
        for (int r = 0; r < rows; r++) {
            int32_t four;
            memcpy(&four, q + (step * INT8_ROWS + r) * 4, sizeof four);
            __m256i value = _mm256_set1_epi32(four);
            __m256i first = _mm256_maddubs_epi16(value, _mm256_loadu_si256(weights));
            __m256i second = _mm256_maddubs_epi16(value, _mm256_loadu_si256(weights + 1));
            sums[r][0] = _mm256_add_epi32(sums[r][0], _mm256_madd_epi16(first, ones));
            sums[r][1] = _mm256_add_epi32(sums[r][1], _mm256_madd_epi16(second, ones));
        }
    }
    for (int r = 0; r < rows; r++) {
        _mm256_storeu_si256((__m256i *)(out + r * 16), sums[r][0]);
        _mm256_storeu_si256((__m256i *)(out + r * 16 + 8), sums[r][1]);
    }
}

static inline __attribute__((always_inline)) int32_t dot_row(
    const int16_t *query, const int8_t *vector, size_t dimension) {
    __m256i sums[4];
    for (int v = 0; v < 4; v++) sums[v] = _mm256_setzero_si256();
    for (size_t i = 0; i < dimension; i += 64) {
        for (int v = 0; v < 4; v++) {
            __m256i values = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(vector + i + 16 * v)));
            __m256i factors = _mm256_loadu_si256((const __m256i *)(query + i + 16 * v));
            sums[v] = _mm256_add_epi32(sums[v], _mm256_madd_epi16(values, factors));
        }
    }
    __m256i sum = _mm256_add_epi32(_mm256_add_epi32(sums[0], sums[1]), _mm256_add_epi32(sums[2], sums[3]));
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1)));
}

#include "kernels.h"
#pragma clang attribute pop
#endif
