internal import CEncoderKernels

/// The centres of partitions, packed for the product of vectors with all of them.
///
/// A centre has length 1, so that the product with it orders partitions by angle.
final class Centroids: Sendable {
    let count: Int
    let stride: Int
    /// `count` rows of `stride`.
    let values: [Float]
    private let panels: [Int8]
    private let scales: [Float]
    private let sums: [Int32]
    private let bias: [Float]

    /// Outputs of a product: `count` rounded up to 16.
    var outputs: Int { bias.count }

    init(_ values: [Float], stride: Int) {
        count = values.count / stride
        self.stride = stride
        self.values = values
        let outputs = (count + 15) / 16 * 16
        let padded = values + Array(repeating: 0, count: (outputs - count) * stride)
        var panels = [Int8](repeating: 0, count: outputs * stride)
        var scales = [Float](repeating: 0, count: outputs)
        var sums = [Int32](repeating: 0, count: outputs)
        frontline_pack_int8(padded, outputs, stride, &panels, &scales, &sums)
        (self.panels, self.scales, self.sums) = (panels, scales, sums)
        // What fills up the last panel is never the nearest.
        bias = Array(repeating: 0, count: count) + Array(repeating: -1e30, count: outputs - count)
    }

    /// The product of `rows` vectors in floats with every centre: `rows` rows of ``outputs``.
    func products(
        _ rows: UnsafePointer<Float>,
        _ count: Int,
        _ kernels: UnsafePointer<frontline_kernels>,
        _ workspace: ProductWorkspace
    ) {
        kernels.pointee.quantise(rows, count, stride, workspace.quantized, workspace.scales, workspace.zeros)
        kernels.pointee.multiply_int8(
            workspace.quantized,
            workspace.scales,
            workspace.zeros,
            count,
            stride,
            panels,
            scales,
            sums,
            bias,
            outputs,
            workspace.products,
            outputs
        )
    }
}

/// The memory of products of up to `rows` vectors with centres.
///
/// Not `Sendable`: used by one thread.
final class ProductWorkspace {
    let rows: Int
    let floats: UnsafeMutablePointer<Float>
    let quantized: UnsafeMutableRawPointer
    let scales: UnsafeMutablePointer<Float>
    let zeros: UnsafeMutablePointer<Int32>
    let products: UnsafeMutablePointer<Float>

    init(rows: Int, stride: Int, outputs: Int) {
        self.rows = rows
        floats = .allocate(capacity: rows * stride)
        quantized = .allocate(byteCount: (rows + 12) * stride * 2, alignment: 64)
        quantized.initializeMemory(as: UInt8.self, repeating: 0, count: (rows + 12) * stride * 2)
        scales = .allocate(capacity: rows)
        zeros = .allocate(capacity: rows)
        products = .allocate(capacity: rows * outputs)
    }

    deinit {
        floats.deallocate()
        quantized.deallocate()
        scales.deallocate()
        zeros.deallocate()
        products.deallocate()
    }
}
