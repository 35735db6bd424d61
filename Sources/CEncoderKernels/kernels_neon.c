#include "CEncoderKernels.h"

#if defined(__aarch64__)
#include <arm_neon.h>
#include <string.h>
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)

#define KERNELS frontline_kernels_neon
#define KERNELS_NAME "neon"
#define VECTOR_BYTES 16
#define FLOAT_ROWS 6
#define INT8_ROWS 6

// SDOT takes signed bytes on both sides: activations are stored less 128.
typedef int8_t activation;
#define ACTIVATION_OFFSET 128

typedef int32_t fours __attribute__((vector_size(VECTOR_BYTES), aligned(4), may_alias));

static inline __attribute__((always_inline)) fours broadcast(const activation *q) {
    int32_t four;
    memcpy(&four, q, sizeof four);
    return (fours){} + four;
}

static inline __attribute__((always_inline)) fours add_products(fours sums, fours q, fours weights) {
    return (fours)vdotq_s32((int32x4_t)sums, (int8x16_t)q, (int8x16_t)weights);
}

static inline __attribute__((always_inline)) int32_t dot_row(
    const int16_t *query, const int8_t *vector, size_t dimension) {
    int32x4_t first = vdupq_n_s32(0), second = first;
    for (size_t i = 0; i < dimension; i += 16) {
        int8x16_t bytes = vld1q_s8(vector + i);
        int16x8_t low = vmovl_s8(vget_low_s8(bytes)), high = vmovl_high_s8(bytes);
        int16x8_t query_low = vld1q_s16(query + i), query_high = vld1q_s16(query + i + 8);
        first = vmlal_s16(first, vget_low_s16(low), vget_low_s16(query_low));
        second = vmlal_high_s16(second, low, query_low);
        first = vmlal_s16(first, vget_low_s16(high), vget_low_s16(query_high));
        second = vmlal_high_s16(second, high, query_high);
    }
    return vaddvq_s32(vaddq_s32(first, second));
}

#include "dot4.h"
#include "kernels.h"
#pragma clang attribute pop
#endif
