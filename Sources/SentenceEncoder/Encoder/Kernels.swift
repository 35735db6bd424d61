internal import CEncoderKernels

/// A set of arithmetic kernels for one kind of processor.
public enum KernelSet: String, Sendable, Hashable, CaseIterable {
    /// Any processor: slow.
    case portable
    /// x86-64 with AVX2 and FMA.
    case avx2
    /// x86-64 with AVX-512 and its VNNI instructions.
    case avx512vnni
    /// arm64 with dot products.
    case neon
    /// The code of ``avx512vnni`` on any processor: slow, for tests.
    case emulated

    /// Whether this processor has the instructions.
    public var isAvailable: Bool { frontline_kernels_named(rawValue) != nil }

    /// The quickest set that this processor has.
    public static var best: KernelSet {
        KernelSet(rawValue: String(cString: frontline_kernels_best().pointee.name)) ?? .portable
    }
}

/// The functions of a set.
///
/// `@unchecked Sendable`: the table is a constant of the program.
struct Kernels: @unchecked Sendable {
    let set: KernelSet
    let functions: UnsafePointer<frontline_kernels>

    /// The functions of `set`, which must be available.
    init?(_ set: KernelSet) {
        guard let functions = frontline_kernels_named(set.rawValue) else { return nil }
        self.set = set
        self.functions = functions
    }
}
