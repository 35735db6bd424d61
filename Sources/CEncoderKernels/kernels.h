// One set of kernels, written in vectors of VECTOR_BYTES bytes (a type that Clang maps to any processor).
//
// The file that includes this one defines:
//   KERNELS, KERNELS_NAME     the variable and the name of the set
//   VECTOR_BYTES              16, 32 or 64
//   FLOAT_ROWS                rows of a tile of the float product, chosen so that its sums stay in registers
//   INT8_ROWS                 rows of a tile of the int8 product
//   activation                the type of a quantised activation, and ACTIVATION_OFFSET, what is taken from q = 0…255
//   tile_int8                 sums of a tile: rows × 16 outputs, rows a constant
//   dot_row                   the product of one query with one vector
// It is included once in a file, after the functions that it needs.

#include <string.h>

#define LANES (VECTOR_BYTES / 4)
#define PANEL_VECTORS (16 / LANES)
#define INLINE static inline __attribute__((always_inline))

// Vectors in memory have the alignment of their elements.
typedef float floats __attribute__((vector_size(VECTOR_BYTES), aligned(4), may_alias));
typedef int32_t integers __attribute__((vector_size(VECTOR_BYTES), aligned(4), may_alias));
typedef activation activations __attribute__((vector_size(LANES * sizeof(activation)), aligned(1), may_alias));

INLINE floats load(const float *p) { return *(const floats *)p; }
INLINE void store(float *p, floats v) { *(floats *)p = v; }
// Subtracting zero changes no float, so that this is one broadcast; adding it would turn −0 into 0.
INLINE floats splat(float value) { return value - (floats){}; }
INLINE floats choose(integers mask, floats yes, floats no) {
    return (floats)((mask & (integers)yes) | (~mask & (integers)no));
}
INLINE floats larger(floats a, floats b) { return choose(a > b, a, b); }
INLINE floats smaller(floats a, floats b) { return choose(a < b, a, b); }

INLINE float sum_of(floats v) {
    float sum = 0;
    for (int i = 0; i < LANES; i++) sum += v[i];
    return sum;
}

INLINE float largest_of(floats v) {
    float largest = v[0];
    for (int i = 1; i < LANES; i++) largest = v[i] > largest ? v[i] : largest;
    return largest;
}

// 1.5 · 2²³: adding it rounds a float below 2²² to an integer, ties to even, which is then in the low bits.
#define ROUNDER 12582912.0f
#define ROUNDER_BITS 0x4B400000

// e^x for x ≤ 88, after Cephes' expf: |relative error| < 2e-7. Below −87 it is e^−87.
INLINE floats exponential(floats x) {
    x = larger(x, splat(-87.0f));
    floats shifted = x * 1.44269504088896341f + ROUNDER;
    floats n = shifted - ROUNDER;
    floats r = x - n * 0.693359375f;
    r = r - n * -2.12194440e-4f;
    floats p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    integers power = ((integers)shifted - ROUNDER_BITS + 127) << 23;
    return p * (floats)power;
}

static void gelu(float *x, size_t count) {
    for (size_t i = 0; i < count; i += LANES) {
        floats v = load(x + i);
        // erf(z) = 1 − 1 / (1 + a₁z + … + a₆z⁶)¹⁶ for z ≥ 0. Where z is larger than 5, erf(z) is 1 as a float.
        floats z = (floats)((integers)v & 0x7FFFFFFF) * 0.70710678118654752f;
        z = smaller(z, splat(5.0f));
        floats p = z * 0.0000430638f + 0.0002765672f;
        p = p * z + 0.0001520143f;
        p = p * z + 0.0092705272f;
        p = p * z + 0.0422820123f;
        p = p * z + 0.0705230784f;
        p = p * z + 1.0f;
        p = p * p;
        p = p * p;
        p = p * p;
        p = p * p;
        floats half_tail = 0.5f / p;
        store(x + i, v * choose(v > 0.0f, 1.0f - half_tail, half_tail));
    }
}

static void layer_norm(
    float *x, const float *added, const float *gain, const float *bias, size_t rows, size_t width, float epsilon) {
    for (size_t row = 0; row < rows; row++, x += width) {
        floats sum = splat(0);
        for (size_t i = 0; i < width; i += LANES) {
            floats v = load(x + i);
            if (added) {
                v += load(added + row * width + i);
                store(x + i, v);
            }
            sum += v;
        }
        float mean = sum_of(sum) / (float)width;
        floats squares = splat(0);
        for (size_t i = 0; i < width; i += LANES) {
            floats v = load(x + i) - mean;
            squares += v * v;
        }
        float factor = 1.0f / __builtin_sqrtf(sum_of(squares) / (float)width + epsilon);
        for (size_t i = 0; i < width; i += LANES) {
            store(x + i, (load(x + i) - mean) * factor * load(gain + i) + load(bias + i));
        }
    }
}

// Quantised rows stand in blocks of INT8_ROWS, `[rows / INT8_ROWS][inputs / 4][INT8_ROWS][4]`, so that a tile reads them
// through one pointer.
static void quantise(const float *x, size_t rows, size_t count, void *q, float *scales, int32_t *zeros) {
    for (size_t row = 0; row < rows; row++, x += count) {
        floats low = splat(0), high = splat(0);
        for (size_t i = 0; i < count; i += LANES) {
            floats v = load(x + i);
            low = smaller(v, low);
            high = larger(v, high);
        }
        float least = -largest_of(-low), most = largest_of(high);
        float range = most - least;
        // A row of zeros, or of values that are not finite, is all zero.
        bool is_usable = range > 1e-30f && range < 1e30f;
        float scale = is_usable ? range / 255.0f : 1.0f, factor = is_usable ? 255.0f / range : 0.0f;
        float zero = is_usable ? (-least * factor + ROUNDER) - ROUNDER : 0.0f;
        activation *out = (activation *)q + row / INT8_ROWS * INT8_ROWS * count + row % INT8_ROWS * 4;
        for (size_t i = 0; i < count; i += LANES) {
            floats v = load(x + i) * factor + zero;
            // In this order the comparisons also bound what is not a number.
            v = smaller(larger(v, splat(0.0f)), splat(255.0f));
            integers rounded = (integers)(v + ROUNDER) - (ROUNDER_BITS + ACTIVATION_OFFSET);
            activations narrow = __builtin_convertvector(rounded, activations);
            for (int four = 0; four < LANES / 4; four++) {
                memcpy(out + (i / 4 + four) * INT8_ROWS * 4, (char *)&narrow + four * sizeof(activation[4]),
                    sizeof(activation[4]));
            }
        }
        scales[row] = scale;
        zeros[row] = (int32_t)zero - ACTIVATION_OFFSET;
    }
}

// Calls a tile with a constant number of rows, so that the compiler keeps its sums in registers.
#define BY_ROWS(call, rows)                                                                                            \
    switch (rows) {                                                                                                    \
    case 1: call(1); break;                                                                                            \
    case 2: call(2); break;                                                                                            \
    case 3: call(3); break;                                                                                            \
    case 4: call(4); break;                                                                                            \
    case 5: call(5); break;                                                                                            \
    case 6: call(6); break;                                                                                            \
    case 7: call(7); break;                                                                                            \
    case 8: call(8); break;                                                                                            \
    case 9: call(9); break;                                                                                            \
    case 10: call(10); break;                                                                                          \
    case 11: call(11); break;                                                                                          \
    case 12: call(12); break;                                                                                          \
    default: break;                                                                                                    \
    }

// Rows whose activations stay in the second level cache while all panels pass: a multiple of INT8_ROWS.
#define BLOCK_ROWS (96 / INT8_ROWS * INT8_ROWS)

static void multiply_int8(
    const void *q, const float *scales, const int32_t *zeros, size_t rows, size_t inputs, const int8_t *panels,
    const float *weight_scales, const int32_t *weight_sums, const float *bias, size_t outputs, float *out,
    size_t out_stride) {
    for (size_t block = 0; block < rows; block += BLOCK_ROWS) {
        size_t block_end = rows - block < BLOCK_ROWS ? rows : block + BLOCK_ROWS;
        for (size_t n = 0; n < outputs; n += 16) {
            const int8_t *panel = panels + n * inputs;
            for (size_t row = block; row < block_end;) {
                size_t count = block_end - row < INT8_ROWS ? block_end - row : INT8_ROWS;
                int32_t sums[INT8_ROWS * 16];
                const activation *from = (const activation *)q + row * inputs;
#define CALL(R) if (R <= INT8_ROWS) tile_int8(from, inputs / 4, panel, sums, R <= INT8_ROWS ? R : 1)
                BY_ROWS(CALL, count)
#undef CALL
                for (size_t i = 0; i < count; i++, row++) {
                    for (size_t c = 0; c < 16; c += LANES) {
                        integers sum = *(const integers *)(sums + i * 16 + c)
                            - *(const integers *)(weight_sums + n + c) * zeros[row];
                        floats scale = load(weight_scales + n + c) * scales[row];
                        floats product = __builtin_convertvector(sum, floats) * scale;
                        store(out + row * out_stride + n + c, product + load(bias + n + c));
                    }
                }
            }
        }
    }
}

INLINE void tile_float(
    const float *x, size_t x_stride, size_t inputs, const float *panel, const float *bias, float *out,
    size_t out_stride, const int rows) {
    floats sums[FLOAT_ROWS][PANEL_VECTORS];
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < PANEL_VECTORS; v++) sums[r][v] = splat(0);
    for (size_t k = 0; k < inputs; k++) {
        floats weights[PANEL_VECTORS];
        for (int v = 0; v < PANEL_VECTORS; v++) weights[v] = load(panel + k * 16 + v * LANES);
        for (int r = 0; r < rows; r++) {
            floats value = splat(x[r * x_stride + k]);
            for (int v = 0; v < PANEL_VECTORS; v++) sums[r][v] += value * weights[v];
        }
    }
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < PANEL_VECTORS; v++) {
            floats sum = sums[r][v];
            if (bias) sum += load(bias + v * LANES);
            store(out + r * out_stride + v * LANES, sum);
        }
}

static void multiply_float(
    const float *x, size_t x_stride, size_t rows, size_t inputs, const float *panels, const float *bias,
    size_t outputs, float *out, size_t out_stride) {
    for (size_t block = 0; block < rows; block += BLOCK_ROWS) {
        size_t block_end = rows - block < BLOCK_ROWS ? rows : block + BLOCK_ROWS;
        for (size_t n = 0; n < outputs; n += 16) {
            const float *panel = panels + n * inputs, *from_bias = bias ? bias + n : NULL;
            for (size_t row = block; row < block_end;) {
                size_t count = block_end - row < FLOAT_ROWS ? block_end - row : FLOAT_ROWS;
                const float *from = x + row * x_stride;
                float *to = out + row * out_stride + n;
#define CALL(R)                                                                                                        \
    if (R <= FLOAT_ROWS)                                                                                               \
    tile_float(from, x_stride, inputs, panel, from_bias, to, out_stride, R <= FLOAT_ROWS ? R : 1)
                BY_ROWS(CALL, count)
#undef CALL
                row += count;
            }
        }
    }
}

// Makes a row of `count` scores, followed by zeros up to `padded`, into e^(scale · (score − the largest)). Returns what its
// softmax is multiplied with: one over the sum.
INLINE float exponentials(float *scores, size_t count, size_t padded, float scale) {
    for (size_t i = count; i < padded; i++) scores[i] = -1e30f;
    floats high = splat(-1e30f);
    for (size_t i = 0; i < padded; i += LANES) high = larger(load(scores + i), high);
    float offset = largest_of(high) * scale;
    floats sum = splat(0);
    for (size_t i = 0; i < padded; i += LANES) {
        floats e = exponential(load(scores + i) * scale - offset);
        store(scores + i, e);
        sum += e;
    }
    // What pads the row has e^−87 at most, which adds nothing to a sum of at least 1.
    for (size_t i = count; i < padded; i++) scores[i] = 0;
    return 1.0f / sum_of(sum);
}

// Brings the keys and values of a head into panels as of weights; what pads them is zero.
static void pack_head(
    const float *key, const float *value, size_t rows, size_t stride, size_t size, float *keys, float *values) {
    size_t padded_size = (size + 15) / 16 * 16, padded_rows = (rows + 15) / 16 * 16;
    for (size_t row = 0; row < padded_rows; row += 16) {
        float *panel = keys + row * size;
        size_t count = rows - row < 16 ? rows - row : 16;
        if (count < 16) memset(panel, 0, 16 * size * sizeof(float));
        for (size_t r = 0; r < count; r++)
            for (size_t i = 0; i < size; i++) panel[i * 16 + r] = key[(row + r) * stride + i];
    }
    for (size_t i = 0; i < padded_size; i += 16) {
        float *panel = values + i * padded_rows;
        size_t count = size - i < 16 ? size - i : 16;
        if (count < 16) memset(panel, 0, 16 * rows * sizeof(float));
        if (count == 16) {
            // A constant size, which is copied without a call.
            for (size_t row = 0; row < rows; row++)
                memcpy(panel + row * 16, value + row * stride + i, 16 * sizeof(float));
        } else {
            for (size_t row = 0; row < rows; row++)
                memcpy(panel + row * 16, value + row * stride + i, count * sizeof(float));
        }
        memset(panel + rows * 16, 0, 16 * (padded_rows - rows) * sizeof(float));
    }
}

static void attention(const float *qkv, size_t rows, size_t width, size_t heads, float *out, float *scratch) {
    size_t size = width / heads, padded_size = (size + 15) / 16 * 16, padded_rows = (rows + 15) / 16 * 16;
    size_t stride = 3 * width;
    float *keys = scratch, *values = keys + padded_rows * size;
    float *scores = values + padded_rows * padded_size, *result = scores + FRONTLINE_ATTENTION_ROWS * padded_rows;
    float scale = 1.0f / __builtin_sqrtf((float)size);
    for (size_t head = 0; head < heads; head++) {
        const float *query = qkv + head * size;
        pack_head(query + width, query + 2 * width, rows, stride, size, keys, values);
        for (size_t row = 0; row < rows; row += FRONTLINE_ATTENTION_ROWS) {
            size_t count = rows - row < FRONTLINE_ATTENTION_ROWS ? rows - row : FRONTLINE_ATTENTION_ROWS;
            float factors[FRONTLINE_ATTENTION_ROWS];
            multiply_float(query + row * stride, stride, count, size, keys, NULL, padded_rows, scores, padded_rows);
            for (size_t i = 0; i < count; i++)
                factors[i] = exponentials(scores + i * padded_rows, rows, padded_rows, scale);
            multiply_float(scores, padded_rows, count, padded_rows, values, NULL, padded_size, result, padded_size);
            float *to = out + row * width + head * size;
            for (size_t i = 0; i < count; i++)
                for (size_t j = 0; j < size; j++) to[i * width + j] = result[i * padded_size + j] * factors[i];
        }
    }
}

static void dot_rows(const int16_t *query, const int8_t *vectors, size_t dimension, size_t count, int32_t *dots) {
    for (size_t i = 0; i < count; i++) dots[i] = dot_row(query, vectors + i * dimension, dimension);
}

static void dot_gathered(
    const int16_t *query, const int8_t *vectors, size_t dimension, const uint32_t *rows, size_t count, int32_t *dots) {
    // Vectors to fetch ahead: enough to cover the time of a miss, few enough to still be there when needed.
    const size_t ahead = 6;
    for (size_t i = 0; i < count; i++) {
        if (i + ahead < count) {
            const int8_t *next = vectors + (size_t)rows[i + ahead] * dimension;
            for (size_t line = 0; line < dimension; line += 64) __builtin_prefetch(next + line);
        }
        dots[i] = dot_row(query, vectors + (size_t)rows[i] * dimension, dimension);
    }
}

const frontline_kernels KERNELS = {
    .name = KERNELS_NAME,
    .activation_size = sizeof(activation),
    .quantise = quantise,
    .multiply_int8 = multiply_int8,
    .multiply_float = multiply_float,
    .layer_norm = layer_norm,
    .gelu = gelu,
    .attention = attention,
    .dot_rows = dot_rows,
    .dot_gathered = dot_gathered,
};
