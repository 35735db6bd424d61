/// Where the parts of a converted model are: offsets in bytes from its beginning.
struct ImageLayout: Sendable {
    /// A product with weights, in the order of the kernels.
    struct Product: Sendable {
        let inputs: Int
        let outputs: Int
        /// int8 or float panels.
        let panels: Int
        /// A float for each output; only for int8.
        let scales: Int
        /// An `Int32` for each output; only for int8.
        let sums: Int
        let bias: Int
    }

    /// A gain and a bias of each `width` floats.
    struct Norm: Sendable {
        let gain: Int
        let bias: Int
    }

    struct Layer: Sendable {
        /// Queries, keys and values side by side.
        let attention: Product
        let attentionOutput: Product
        let attentionNorm: Norm
        let intermediate: Product
        let output: Product
        let outputNorm: Norm
    }

    let vocabulary: Int
    /// Rows of halves if weights are int8, of floats otherwise.
    let words: Int
    /// Rows of floats, to which the embedding of token type 0 is added.
    let positions: Int
    let embeddingNorm: Norm
    let layers: [Layer]
    /// Of the whole model.
    let size: Int

    /// The layout of a description that was checked.
    init(_ description: ModelDescription, descriptionSize: Int, vocabularySize: Int) {
        var end = ModelImage.headerSize
        func take(_ count: Int) -> Int {
            defer { end += (count + 63) / 64 * 64 }
            return end
        }
        let isInt8 = description.weights == .int8
        let width = description.width
        func product(_ inputs: Int, _ outputs: Int) -> Product {
            Product(
                inputs: inputs,
                outputs: outputs,
                panels: take(inputs * outputs * (isInt8 ? 1 : 4)),
                scales: take(isInt8 ? outputs * 4 : 0),
                sums: take(isInt8 ? outputs * 4 : 0),
                bias: take(outputs * 4)
            )
        }
        func norm() -> Norm { Norm(gain: take(width * 4), bias: take(width * 4)) }
        _ = take(descriptionSize)
        vocabulary = take(vocabularySize)
        words = take(description.vocabularySize * width * (isInt8 ? 2 : 4))
        positions = take(description.positions * width * 4)
        embeddingNorm = norm()
        var layers: [Layer] = []
        for _ in 0..<description.layers {
            layers.append(
                Layer(
                    attention: product(width, 3 * width),
                    attentionOutput: product(width, width),
                    attentionNorm: norm(),
                    intermediate: product(width, description.intermediate),
                    output: product(description.intermediate, width),
                    outputNorm: norm()
                )
            )
        }
        self.layers = layers
        size = end
    }
}
