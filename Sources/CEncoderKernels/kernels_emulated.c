#include "CEncoderKernels.h"

// Every function with such vectors is inlined, so how they would be passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

// The shapes of `avx512vnni` with its instructions spelled out: how that set is checked on other processors.
#define KERNELS frontline_kernels_emulated
#define KERNELS_NAME "emulated"
#define VECTOR_BYTES 64
#define FLOAT_ROWS 12
#define INT8_ROWS 12
#include "portable.h"
#include "dot4.h"
#include "kernels.h"
