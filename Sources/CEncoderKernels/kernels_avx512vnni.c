#include "CEncoderKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma"))), apply_to = function)

#define KERNELS frontline_kernels_avx512vnni
#define KERNELS_NAME "avx512vnni"
#define VECTOR_BYTES 64
#define FLOAT_ROWS 12
// The instruction takes five cycles and two start in each, so at least ten sums must be under way.
#define INT8_ROWS 12

typedef uint8_t activation;
#define ACTIVATION_OFFSET 0

typedef int32_t fours __attribute__((vector_size(VECTOR_BYTES), aligned(4), may_alias));

static inline __attribute__((always_inline)) fours broadcast(const activation *q) {
    int32_t four;
    memcpy(&four, q, sizeof four);
    return (fours){} + four;
}

static inline __attribute__((always_inline)) fours add_products(fours sums, fours q, fours weights) {
    return (fours)_mm512_dpbusd_epi32((__m512i)sums, (__m512i)q, (__m512i)weights);
}

static inline __attribute__((always_inline)) int32_t dot_row(
    const int16_t *query, const int8_t *vector, size_t dimension) {
    __m512i first = _mm512_setzero_si512(), second = first;
    for (size_t i = 0; i < dimension; i += 64) {
        __m512i low = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(vector + i)));
        __m512i high = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(vector + i + 32)));
        first = _mm512_dpwssd_epi32(first, low, _mm512_loadu_si512(query + i));
        second = _mm512_dpwssd_epi32(second, high, _mm512_loadu_si512(query + i + 32));
    }
    return _mm512_reduce_add_epi32(_mm512_add_epi32(first, second));
}

#include "dot4.h"
#include "kernels.h"
#pragma clang attribute pop
#endif
