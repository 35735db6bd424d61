#include "CEncoderKernels.h"

#include <math.h>
#include <string.h>

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

extern const frontline_kernels frontline_kernels_portable, frontline_kernels_emulated;

#if defined(__x86_64__)
extern const frontline_kernels frontline_kernels_avx2, frontline_kernels_avx512vnni;

static bool has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

static bool has_avx512vnni(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vnni") && has_avx2();
}
#elif defined(__aarch64__)
extern const frontline_kernels frontline_kernels_neon;

static bool has_dot_products(void) {
#if defined(__linux__)
    return (getauxval(AT_HWCAP) & (1UL << 20)) != 0;  // HWCAP_ASIMDDP
#else
    return true;
#endif
}
#endif

const frontline_kernels *frontline_kernels_named(const char *name) {
    if (strcmp(name, "portable") == 0) return &frontline_kernels_portable;
    if (strcmp(name, "emulated") == 0) return &frontline_kernels_emulated;
#if defined(__x86_64__)
    if (strcmp(name, "avx2") == 0 && has_avx2()) return &frontline_kernels_avx2;
    if (strcmp(name, "avx512vnni") == 0 && has_avx512vnni()) return &frontline_kernels_avx512vnni;
#elif defined(__aarch64__)
    if (strcmp(name, "neon") == 0 && has_dot_products()) return &frontline_kernels_neon;
#endif
    return NULL;
}

const frontline_kernels *frontline_kernels_best(void) {
#if defined(__x86_64__)
    if (has_avx512vnni()) return &frontline_kernels_avx512vnni;
    if (has_avx2()) return &frontline_kernels_avx2;
#elif defined(__aarch64__)
    if (has_dot_products()) return &frontline_kernels_neon;
#endif
    return &frontline_kernels_portable;
}

size_t frontline_attention_scratch(size_t rows, size_t width, size_t heads) {
    size_t size = width / heads, padded_size = (size + 15) / 16 * 16, padded_rows = (rows + 15) / 16 * 16;
    // Keys, values, scores and results.
    return padded_rows * (size + padded_size + FRONTLINE_ATTENTION_ROWS) + FRONTLINE_ATTENTION_ROWS * padded_size;
}

void frontline_pack_int8(
    const float *weights, size_t outputs, size_t inputs, int8_t *panels, float *scales, int32_t *sums) {
    for (size_t n = 0; n < outputs; n++, weights += inputs) {
        float largest = 0, largest_pair = 0;
        for (size_t k = 0; k < inputs; k += 2) {
            float first = fabsf(weights[k]), second = fabsf(weights[k + 1]);
            largest = fmaxf(largest, fmaxf(first, second));
            largest_pair = fmaxf(largest_pair, first + second);
        }
        // Rounding adds 1 to a pair at most, and 127.4 + 1 < 129.
        float scale = fmaxf(largest / 127.0f, largest_pair / 127.4f);
        float factor = scale > 1e-30f ? 1.0f / scale : 0.0f;
        int8_t *column = panels + n / 16 * 16 * inputs + n % 16 * 4;
        int32_t sum = 0;
        for (size_t k = 0; k < inputs; k++) {
            int8_t value = (int8_t)lrintf(weights[k] * factor);
            column[k / 4 * 64 + k % 4] = value;
            sum += value;
        }
        scales[n] = factor > 0 ? scale : 0.0f;
        sums[n] = sum;
    }
}

void frontline_pack_float(const float *weights, size_t outputs, size_t inputs, float *panels) {
    for (size_t n = 0; n < outputs; n++) {
        float *column = panels + n / 16 * 16 * inputs + n % 16;
        for (size_t k = 0; k < inputs; k++) column[k * 16] = weights[n * inputs + k];
    }
}

void frontline_widen_half(const uint16_t *halves, size_t count, float *floats) {
    for (size_t i = 0; i < count; i++) {
        uint32_t sign = (uint32_t)(halves[i] & 0x8000) << 16, rest = halves[i] & 0x7FFF, bits;
        if (rest >= 0x7C00) {
            bits = rest << 13 | 0x7F800000;
        } else {
            // The exponents' difference as a factor, which also makes subnormal halves normal.
            bits = rest << 13;
            float value;
            memcpy(&value, &bits, sizeof value);
            value *= 0x1p112f;
            memcpy(&bits, &value, sizeof bits);
        }
        bits |= sign;
        memcpy(floats + i, &bits, sizeof bits);
    }
}

void frontline_widen_bfloat(const uint16_t *halves, size_t count, float *floats) {
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = (uint32_t)halves[i] << 16;
        memcpy(floats + i, &bits, sizeof bits);
    }
}

void frontline_narrow_half(const float *floats, size_t count, uint16_t *halves) {
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, floats + i, sizeof bits);
        uint32_t sign = bits >> 16 & 0x8000, rest = bits & 0x7FFFFFFF;
        if (rest >= 0x47800000) {
            rest = rest > 0x7F800000 ? 0x7E00 : 0x7C00;
        } else if (rest < 0x38800000) {
            // Below 2⁻¹⁴ a half counts units of 2⁻²⁴: adding 0.5 leaves their number in the low bits, rounded.
            float value;
            memcpy(&value, &rest, sizeof value);
            value += 0.5f;
            memcpy(&rest, &value, sizeof rest);
            rest -= 0x3F000000;
        } else {
            rest = (rest - 0x38000000 + 0xFFF + (rest >> 13 & 1)) >> 13;
        }
        halves[i] = (uint16_t)(sign | rest);
    }
}

size_t frontline_first_not_finite(const float *floats, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, floats + i, sizeof bits);
        if ((bits & 0x7F800000) == 0x7F800000) return i;
    }
    return count;
}

void frontline_add_rows(const float *words, const float *positions, size_t count, float *out) {
    for (size_t i = 0; i < count; i++) out[i] = words[i] + positions[i];
}
