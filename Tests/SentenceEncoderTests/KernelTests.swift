import CEncoderKernels
import Foundation
import SampleModels
import SentenceEncoder
import Testing

/// Each set of kernels against the plain computation.
@Suite struct KernelTests {
    private static let sets = KernelSet.allCases.filter(\.isAvailable)

    private func kernels(_ set: KernelSet) throws -> frontline_kernels {
        try #require(frontline_kernels_named(set.rawValue)).pointee
    }

    private func floats(_ count: Int, _ range: ClosedRange<Float> = -2...3, seed: UInt64 = 1) -> [Float] {
        var random = SplitMix(state: seed)
        return (0..<count).map { _ in Float.random(in: range, using: &random) }
    }

    private struct Packed {
        var panels: [Int8]
        var scales: [Float]
        var sums: [Int32]

        init(_ weights: [Float], _ outputs: Int, _ inputs: Int) {
            panels = Array(repeating: 0, count: outputs * inputs)
            scales = Array(repeating: 0, count: outputs)
            sums = Array(repeating: 0, count: outputs)
            frontline_pack_int8(weights, outputs, inputs, &panels, &scales, &sums)
        }

        func weight(_ output: Int, _ input: Int, _ inputs: Int) -> Int {
            Int(panels[output / 16 * 16 * inputs + input / 4 * 64 + output % 16 * 4 + input % 4])
        }
    }

    @Test func `packed weights are the nearest that fit in pairs`() {
        let (outputs, inputs) = (32, 48)
        let weights = floats(outputs * inputs, -1...1)
        let packed = Packed(weights, outputs, inputs)
        for n in 0..<outputs {
            let row = (0..<inputs).map { packed.weight(n, $0, inputs) }
            #expect(row.reduce(0, +) == Int(packed.sums[n]))
            #expect(stride(from: 0, to: inputs, by: 2).allSatisfy { abs(row[$0]) + abs(row[$0 + 1]) <= 128 })
            #expect(
                (0..<inputs).allSatisfy {
                    abs(Float(row[$0]) * packed.scales[n] - weights[n * inputs + $0]) <= packed.scales[n] * 0.501
                }
            )
        }
    }

    /// Rows beside the tile's, of a whole tile and of several blocks.
    @Test(arguments: sets, [1, 2, 5, 6, 7, 12, 13, 100])
    func `integer products are exact`(_ set: KernelSet, _ rows: Int) throws {
        let kernels = try kernels(set)
        let (outputs, inputs) = (32, 48)
        // Extreme weights, for the sums of pairs that are largest.
        var weights = floats(outputs * inputs, -1...1, seed: 2)
        for k in 0..<inputs { weights[k] = 1 }
        for k in 0..<inputs { weights[inputs + k] = k % 2 == 0 ? -1 : 0 }
        let packed = Packed(weights, outputs, inputs)
        var x = floats(rows * inputs)
        for k in 0..<inputs { x[k] = 5 }
        let bias = floats(outputs)
        var q = [UInt8](repeating: 0, count: (rows + 12) * inputs * 2)
        var scales = [Float](repeating: 0, count: rows)
        var zeros = [Int32](repeating: 0, count: rows)
        var out = [Float](repeating: 0, count: rows * outputs)
        kernels.quantise(x, rows, inputs, &q, &scales, &zeros)
        kernels.multiply_int8(
            q,
            scales,
            zeros,
            rows,
            inputs,
            packed.panels,
            packed.scales,
            packed.sums,
            bias,
            outputs,
            &out,
            outputs
        )
        var wrong: [(row: Int, output: Int)] = []
        for r in 0..<rows {
            let row = x[r * inputs..<(r + 1) * inputs]
            let least = min(row.min() ?? 0, 0)
            let scale = (max(row.max() ?? 0, 0) - least) / 255
            let zero = (-least / scale).rounded(.toNearestOrEven)
            #expect(abs(scales[r] - scale) < 1e-6)
            // What a processor without fused multiplication rounds otherwise at most.
            var slack: Float = 1e-4
            let quantized = row.map { value in
                let exact = value / scale + zero
                if abs(exact - exact.rounded(.down) - 0.5) < 1e-3 { slack += 2 * scale }
                return min(max(exact.rounded(.toNearestOrEven), 0), 255) - zero
            }
            for n in 0..<outputs {
                let sum = (0..<inputs).reduce(0) { $0 + Int(quantized[$1]) * packed.weight(n, $1, inputs) }
                let expected = Float(sum) * scale * packed.scales[n] + bias[n]
                if abs(out[r * outputs + n] - expected) > slack { wrong.append((r, n)) }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: sets, [1, 3, 6, 11, 12, 97])
    func `float products agree`(_ set: KernelSet, _ rows: Int) throws {
        let kernels = try kernels(set)
        let (outputs, inputs) = (32, 20)
        let weights = floats(outputs * inputs)
        let x = floats(rows * inputs, seed: 3)
        let bias = floats(outputs, seed: 4)
        var panels = [Float](repeating: 0, count: outputs * inputs)
        var out = [Float](repeating: 0, count: rows * outputs)
        frontline_pack_float(weights, outputs, inputs, &panels)
        kernels.multiply_float(x, inputs, rows, inputs, panels, bias, outputs, &out, outputs)
        var difference = 0.0
        for r in 0..<rows {
            for n in 0..<outputs {
                var sum = Double(bias[n])
                for k in 0..<inputs { sum += Double(x[r * inputs + k]) * Double(weights[n * inputs + k]) }
                difference = max(difference, abs(Double(out[r * outputs + n]) - sum))
            }
        }
        #expect(difference < 5e-5)
    }

    @Test(arguments: sets) func `values that are not finite stay harmless`(_ set: KernelSet) throws {
        let kernels = try kernels(set)
        var x = floats(3 * 16)
        x[0] = .nan
        x[17] = .infinity
        x[33] = -.infinity
        var q = [UInt8](repeating: 0, count: 15 * 16 * 2)
        var scales = [Float](repeating: 0, count: 3)
        var zeros = [Int32](repeating: 0, count: 3)
        kernels.quantise(x, 3, 16, &q, &scales, &zeros)
        #expect(scales.allSatisfy { $0.isFinite })
        #expect(zeros.allSatisfy { abs($0) <= 255 })
    }

    @Test(arguments: sets) func `the activation is that of the error function`(_ set: KernelSet) throws {
        let kernels = try kernels(set)
        let x = (0..<4_096).map { Float($0 - 2_048) / 200 }
        var y = x
        kernels.gelu(&y, y.count)
        let difference = zip(x, y).reduce(0) { worst, pair in
            let x = Double(pair.0)
            return max(worst, abs(Double(pair.1) - 0.5 * x * erfc(-x / 2.0.squareRoot())) / max(1, abs(x)))
        }
        #expect(difference < 1e-6)
    }

    @Test(arguments: sets, [(1, 32, 4), (7, 48, 1), (25, 64, 2), (50, 32, 2)])
    func `attention is a softmax over all tokens`(_ set: KernelSet, _ shape: (rows: Int, width: Int, heads: Int)) throws
    {
        let kernels = try kernels(set)
        let (rows, width, heads) = shape
        let qkv = floats(rows * width * 3)
        var out = [Float](repeating: .nan, count: rows * width)
        var scratch = [Float](repeating: .nan, count: frontline_attention_scratch(rows, width, heads))
        kernels.attention(qkv, rows, width, heads, &out, &scratch)
        let size = width / heads
        var difference = 0.0
        for i in 0..<rows {
            for head in 0..<heads {
                func at(_ row: Int, _ part: Int, _ d: Int) -> Double {
                    Double(qkv[row * width * 3 + part * width + head * size + d])
                }
                let scores = (0..<rows).map { j in
                    exp((0..<size).reduce(0) { $0 + at(i, 0, $1) * at(j, 1, $1) } / Double(size).squareRoot())
                }
                let sum = scores.reduce(0, +)
                for d in 0..<size {
                    let expected = (0..<rows).reduce(0) { $0 + scores[$1] * at($1, 2, d) } / sum
                    difference = max(difference, abs(Double(out[i * width + head * size + d]) - expected))
                }
            }
        }
        #expect(difference < 2e-5)
    }

    @Test(arguments: sets) func `dot products are exact`(_ set: KernelSet) throws {
        let kernels = try kernels(set)
        var random = SplitMix(state: 5)
        let (dimension, count) = (192, 20)
        var vectors = (0..<dimension * count).map { _ in Int8.random(in: .min ... .max, using: &random) }
        var query = (0..<dimension).map { _ in Int16.random(in: -127...127, using: &random) }
        for i in 0..<dimension { vectors[i] = -128 }
        for i in 0..<8 { query[i] = 127 }
        let expected = (0..<count).map { row in
            (0..<dimension).reduce(Int32(0)) { $0 + Int32(query[$1]) * Int32(vectors[row * dimension + $1]) }
        }
        var dots = [Int32](repeating: 0, count: count)
        kernels.dot_rows(query, vectors, dimension, count, &dots)
        #expect(dots == expected)
        let rows = (0..<UInt32(count)).reversed() + [3]
        dots = Array(repeating: 0, count: rows.count)
        kernels.dot_gathered(query, vectors, dimension, rows, rows.count, &dots)
        #expect(dots == rows.map { expected[Int($0)] })
    }

    @Test func `every half is widened and narrowed to itself`() {
        let halves = (0...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 || $0 & 0x3FF == 0 }
        var floats = [Float](repeating: 0, count: halves.count)
        frontline_widen_half(halves, halves.count, &floats)
        var wrong: [UInt16] = []
        for (half, float) in zip(halves, floats) {
            let exponent = Int(half >> 10 & 31)
            let fraction = Double(half & 0x3FF) / 1024
            let power = Double(sign: .plus, exponent: exponent - 15, significand: 1)
            let magnitude = exponent == 0 ? fraction * 0x1p-14 : (1 + fraction) * power
            if exponent < 31, Double(float) != (half >> 15 == 1 ? -magnitude : magnitude) { wrong.append(half) }
        }
        #expect(wrong.isEmpty)
        var back = [UInt16](repeating: 0, count: halves.count)
        frontline_narrow_half(floats, floats.count, &back)
        #expect(back == halves)
        // Between two halves: to the nearer one, and to the even one in the middle.
        var rounded: [UInt16] = [0, 0, 0, 0, 0]
        frontline_narrow_half([1 + 0x1p-11, 1 + 3 * 0x1p-11, 1 + 0x1.1p-11, 65_520, 0x1p-26], 5, &rounded)
        #expect(rounded == [0x3C00, 0x3C02, 0x3C01, 0x7C00, 0])
    }
}
