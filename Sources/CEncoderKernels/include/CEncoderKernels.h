#ifndef FRONTLINE_C_ENCODER_KERNELS_H
#define FRONTLINE_C_ENCODER_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The arithmetic of a sentence encoder and of a vector index, once for every kind of processor.
///
/// Weights of a product `y = x · Wᵀ + b` with `K` inputs and `N` outputs are stored in panels of 16 outputs. `N` is a
/// multiple of 16 and `K` of 4. The order is that in which every kernel reads them, so one file serves all processors:
///
///     int8:   [N / 16][K / 4][16 outputs][4 inputs]     one line of 64 bytes for each 4 inputs
///     float:  [N / 16][K][16 outputs]
///
/// Activations are quantised row by row to 8 bits with a scale and a zero point: `x ≈ scale · (q − zero)`. The integer
/// sums are the same in every set, so answers of different sets differ only by the rounding of floats.
///
/// No function allocates or fails. Rows are contiguous unless a stride is given. Buffers do not overlap unless stated.
typedef struct {
    /// The name under which the set is selected.
    const char *name;
    /// Bytes that one quantised activation takes: 1 or 2.
    size_t activation_size;

    /// Quantises `rows` rows of `count` floats, a multiple of 16, in the order that `multiply_int8` of this set reads.
    ///
    /// `q` holds `rows` rounded up to 12, times `count` activations. A value that is not finite becomes a bound.
    void (*quantise)(const float *x, size_t rows, size_t count, void *q, float *scales, int32_t *zeros);

    /// `out[r][n] = scales[r] · weight_scales[n] · Σ (q[r][k] − zeros[r]) · W[n][k] + bias[n]`.
    ///
    /// `weight_sums[n]` is `Σ W[n][k]`.
    void (*multiply_int8)(
        const void *q, const float *scales, const int32_t *zeros, size_t rows, size_t inputs, const int8_t *panels,
        const float *weight_scales, const int32_t *weight_sums, const float *bias, size_t outputs, float *out,
        size_t out_stride);

    /// `out[r][n] = Σ x[r][k] · W[n][k] + bias[n]`; `bias` may be null. `inputs` needs not be a multiple of 4.
    void (*multiply_float)(
        const float *x, size_t x_stride, size_t rows, size_t inputs, const float *panels, const float *bias,
        size_t outputs, float *out, size_t out_stride);

    /// `x = (y − mean(y)) / sqrt(variance(y) + epsilon) · gain + bias` with `y = x + added`, in place, by rows.
    ///
    /// `added` may be null. `width` is a multiple of 16.
    void (*layer_norm)(
        float *x, const float *added, const float *gain, const float *bias, size_t rows, size_t width, float epsilon);

    /// `x = x · Φ(x)` in place, with the normal distribution by Abramowitz and Stegun 7.1.28.
    ///
    /// `count` is a multiple of 16. The absolute error is below 1e-6 · max(1, |x|).
    void (*gelu)(float *x, size_t count);

    /// Scaled dot product attention of one sequence.
    ///
    /// `qkv` has `rows` rows of `3 · width` floats: queries, keys and values, each with the heads side by side. `out` has
    /// `rows` rows of `width`. `scratch` holds `frontline_attention_scratch` floats.
    void (*attention)(const float *qkv, size_t rows, size_t width, size_t heads, float *out, float *scratch);

    /// `dots[i] = Σ query[k] · vectors[i · dimension + k]` for `count` vectors in a row.
    ///
    /// `dimension` is a multiple of 64 and at most 16384, `query` is widened by `widen_query`.
    void (*dot_rows)(const int16_t *query, const int8_t *vectors, size_t dimension, size_t count, int32_t *dots);

    /// The same for the vectors at the positions `rows[i]`, which are fetched ahead.
    void (*dot_gathered)(
        const int16_t *query, const int8_t *vectors, size_t dimension, const uint32_t *rows, size_t count,
        int32_t *dots);
} frontline_kernels;

/// The set named `name`, or null if there is none or this processor lacks its instructions.
///
/// Names: `portable`, `avx2`, `avx512vnni`, `neon`, and `emulated`, which is the code of `avx512vnni` on any processor.
const frontline_kernels *frontline_kernels_named(const char *name);

/// The quickest set that this processor has.
const frontline_kernels *frontline_kernels_best(void);

/// Rows whose scores `attention` keeps at a time: few, so that they stay in the first level cache beside the keys.
#define FRONTLINE_ATTENTION_ROWS 12

/// Floats of scratch that `attention` needs for a sequence of `rows` tokens.
size_t frontline_attention_scratch(size_t rows, size_t width, size_t heads);

/// Quantises a matrix of `outputs` rows and `inputs` columns to int8 panels, with one scale for each output.
///
/// A scale is the smallest for which no weight exceeds 127 and no two neighbouring weights (inputs 2i and 2i + 1) exceed
/// 128 together, so that the products of a pair with 8-bit activations fit in 16 bits. This costs half a bit of
/// precision at most. `sums[n]` is the sum of the quantised row. `inputs` is even, and the weights are finite.
void frontline_pack_int8(
    const float *weights, size_t outputs, size_t inputs, int8_t *panels, float *scales, int32_t *sums);

/// Brings a matrix of `outputs` rows and `inputs` columns into float panels.
void frontline_pack_float(const float *weights, size_t outputs, size_t inputs, float *panels);

/// Widens `count` halves (IEEE 754 binary16).
void frontline_widen_half(const uint16_t *halves, size_t count, float *floats);

/// Widens `count` values of bfloat16.
void frontline_widen_bfloat(const uint16_t *halves, size_t count, float *floats);

/// Rounds `count` floats to the nearest half, ties to even; too large ones become infinite.
void frontline_narrow_half(const float *floats, size_t count, uint16_t *halves);

/// The position of the first value that is infinite or not a number, or `count`.
size_t frontline_first_not_finite(const float *floats, size_t count);

/// `out[i] = words[i] + positions[i]` for rows of `width` floats.
void frontline_add_rows(const float *words, const float *positions, size_t count, float *out);

#endif
