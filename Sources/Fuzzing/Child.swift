import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Runs the inputs of one target in a child process.
struct Child {
    /// The memory limit of the process, in bytes.
    private static let memory: rlim_t = 4 << 30
    /// The time limit for one input, in seconds.
    static let patience: UInt32 = 20

    private let options: Options
    private let target: FuzzTarget

    init(_ options: Options) {
        self.options = options
        target = options.targets[0]
    }

    /// Runs until the time is over, or runs the single input requested.
    func run() {
        var limit = rlimit(rlim_cur: Self.memory, rlim_max: Self.memory)
        #if canImport(Glibc)
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        #else
        setrlimit(RLIMIT_AS, &limit)
        #endif
        if let file = options.file {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                Fuzzing.fail("cannot read \(file)", code: 2)
            }
            return feed(Array(bytes))
        }
        let mutator = Mutator(corpus: target.corpus(options.root))
        if let input = options.input { return feed(mutator.input(input, seed: options.seed)) }
        guard let path = options.progress else { return }
        let note = Note(path)
        let end = ContinuousClock.now + .seconds(options.seconds)
        var number = options.first
        while ContinuousClock.now < end {
            note.write(number)
            feed(mutator.input(number, seed: options.seed))
            number += 1
        }
        note.write(number)
    }

    /// Reads one input; an alarm ends the process if that takes too long.
    private func feed(_ bytes: [UInt8]) {
        alarm(Self.patience)
        target.read(bytes)
        alarm(0)
    }
}

/// The number of the current input, stored so that it outlives the process.
struct Note {
    private let descriptor: Int32

    init(_ path: String) { descriptor = open(path, O_WRONLY | O_CREAT, 0o600) }

    func write(_ number: UInt64) {
        withUnsafeBytes(of: number) { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    static func read(_ path: String) -> UInt64? {
        guard let data = FileManager.default.contents(atPath: path), data.count == 8 else { return nil }
        return data.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    }
}
