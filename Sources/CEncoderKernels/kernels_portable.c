#include "CEncoderKernels.h"

// Vectors of 16 bytes are in the base of x86-64 and of arm64.
#define KERNELS frontline_kernels_portable
#define KERNELS_NAME "portable"
#define VECTOR_BYTES 16
#define FLOAT_ROWS 2
#define INT8_ROWS 2
#include "portable.h"
#include "dot4.h"
#include "kernels.h"
