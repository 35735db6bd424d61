internal import CEncoderKernels

/// The arithmetic of a BERT encoder over the tokens of several texts at once.
///
/// The rows of all texts are multiplied with the weights together; only attention is by text, so that nothing is padded.
/// Every row is quantised by itself. So the vector of a text does not depend on the texts beside it, bit by bit.
struct ForwardPass {
    let image: ModelImage
    let kernels: UnsafePointer<frontline_kernels>
    let scratch: Scratch

    private var width: Int { image.description.width }

    /// Returns the pooled vector of each text.
    ///
    /// There are `scratch.rows` ids at most in all.
    func run(_ texts: ArraySlice<[Int32]>) -> [Embedding] {
        let rows = texts.reduce(0) { $0 + $1.count }
        precondition(rows <= scratch.rows, "a batch fits into its memory")
        embed(texts)
        for layer in image.layout.layers {
            multiply(scratch.hidden, layer.attention, rows, scratch.projected)
            var start = 0
            for text in texts {
                kernels.pointee.attention(
                    scratch.projected + start * width * 3,
                    text.count,
                    width,
                    image.description.heads,
                    scratch.context + start * width,
                    scratch.attention
                )
                start += text.count
            }
            multiply(scratch.context, layer.attentionOutput, rows, scratch.result)
            normalize(scratch.hidden, adding: scratch.result, layer.attentionNorm, rows)
            // In blocks of rows, because the intermediate part is several times as wide.
            for first in stride(from: 0, to: rows, by: Scratch.intermediateRows) {
                let count = min(Scratch.intermediateRows, rows - first)
                multiply(scratch.hidden + first * width, layer.intermediate, count, scratch.intermediate)
                kernels.pointee.gelu(scratch.intermediate, count * layer.intermediate.outputs)
                multiply(scratch.intermediate, layer.output, count, scratch.result + first * width)
            }
            normalize(scratch.hidden, adding: scratch.result, layer.outputNorm, rows)
        }
        return pool(texts)
    }

    private func floats(_ offset: Int) -> UnsafePointer<Float> {
        // Within the image, whose layout was compared with its size.
        (image.bytes.baseAddress.unsafelyUnwrapped + offset).assumingMemoryBound(to: Float.self)
    }

    private func embed(_ texts: ArraySlice<[Int32]>) {
        let base = image.bytes.baseAddress.unsafelyUnwrapped + image.layout.words
        var row = scratch.hidden
        for text in texts {
            for (position, id) in text.enumerated() {
                let positionRow = floats(image.layout.positions) + position * width
                if image.description.weights == .int8 {
                    let words = base.assumingMemoryBound(to: UInt16.self) + Int(id) * width
                    // `result` is free until the first layer.
                    frontline_widen_half(words, width, scratch.result)
                    frontline_add_rows(scratch.result, positionRow, width, row)
                } else {
                    let words = base.assumingMemoryBound(to: Float.self) + Int(id) * width
                    frontline_add_rows(words, positionRow, width, row)
                }
                row += width
            }
        }
        let rows = texts.reduce(0) { $0 + $1.count }
        normalize(scratch.hidden, adding: nil, image.layout.embeddingNorm, rows)
    }

    private func multiply(
        _ x: UnsafePointer<Float>,
        _ product: ImageLayout.Product,
        _ rows: Int,
        _ out: UnsafeMutablePointer<Float>
    ) {
        let base = image.bytes.baseAddress.unsafelyUnwrapped
        if image.description.weights == .int8 {
            kernels.pointee.quantise(x, rows, product.inputs, scratch.quantized, scratch.scales, scratch.zeros)
            kernels.pointee.multiply_int8(
                scratch.quantized,
                scratch.scales,
                scratch.zeros,
                rows,
                product.inputs,
                (base + product.panels).assumingMemoryBound(to: Int8.self),
                floats(product.scales),
                (base + product.sums).assumingMemoryBound(to: Int32.self),
                floats(product.bias),
                product.outputs,
                out,
                product.outputs
            )
        } else {
            kernels.pointee.multiply_float(
                x,
                product.inputs,
                rows,
                product.inputs,
                floats(product.panels),
                floats(product.bias),
                product.outputs,
                out,
                product.outputs
            )
        }
    }

    private func normalize(
        _ x: UnsafeMutablePointer<Float>,
        adding added: UnsafePointer<Float>?,
        _ norm: ImageLayout.Norm,
        _ rows: Int
    ) {
        let epsilon = image.description.epsilon
        kernels.pointee.layer_norm(x, added, floats(norm.gain), floats(norm.bias), rows, width, epsilon)
    }

    private func pool(_ texts: ArraySlice<[Int32]>) -> [Embedding] {
        var row = UnsafePointer(scratch.hidden)
        return texts.map { text in
            defer { row += text.count * width }
            // The length of the sum is that of the mean, but for a factor that normalisation removes.
            let rows = image.description.pooling == .mean ? text.count : 1
            var vector = Array(UnsafeBufferPointer(start: row, count: width))
            for r in 1..<max(rows, 1) {
                for i in 0..<width { vector[i] += row[r * width + i] }
            }
            var squares: Float = 0
            for value in vector { squares += value * value }
            guard squares.isFinite, squares > 0 else { return Embedding(Array(repeating: 0, count: width)) }
            let factor = 1 / squares.squareRoot()
            return Embedding(vector.map { $0 * factor })
        }
    }
}
