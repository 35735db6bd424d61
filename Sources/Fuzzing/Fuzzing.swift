import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Feeds damaged inputs to readers of bytes for a given time.
///
/// Each target runs in a separate process with limits on memory and on the time for each input. If that process ends
/// early, the input is written to a file, the command to run it again is printed, and the exit code is 1.
///
///     Fuzzing [--seconds N] [--target NAME]... [--seed N] [--root FOLDER] [--out FOLDER]
///     Fuzzing --target NAME --seed N --input N        runs one input again
///     Fuzzing --target NAME --file PATH               runs the bytes of a file
@main
enum Fuzzing {
    static func main() {
        let options: Options
        do {
            options = try Options(Array(CommandLine.arguments.dropFirst()))
        } catch {
            fail("\(error)", code: 2)
        }
        if options.isChild || options.input != nil || options.file != nil {
            Child(options).run()
            exit(0)
        }
        var found = 0
        for target in options.targets { found += Supervisor(target, options).run() }
        exit(found == 0 ? 0 : 1)
    }

    static func fail(_ message: String, code: Int32) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(code)
    }
}

/// The command-line options.
struct Options {
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    var seconds = 10.0
    var targets: [FuzzTarget] = []
    var seed = UInt64(Date().timeIntervalSince1970)
    var first: UInt64 = 0
    var input: UInt64?
    var file: String?
    var root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    var out = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    /// The file in which a child records the current input; nil for the supervising process.
    var progress: String?
    var isChild: Bool { progress != nil }

    init(_ arguments: [String]) throws(Fault) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw Fault(description: "\(name) needs a value") }
            try set(name, value)
        }
        if targets.isEmpty { targets = FuzzTarget.all }
    }

    private mutating func set(_ name: String, _ value: String) throws(Fault) {
        switch name {
        case "--seconds": seconds = try Self.number(name, Double(value))
        case "--seed": seed = try Self.number(name, UInt64(value))
        case "--first": first = try Self.number(name, UInt64(value))
        case "--input": input = try Self.number(name, UInt64(value))
        case "--file": file = value
        case "--root": root = URL(fileURLWithPath: value)
        case "--out": out = URL(fileURLWithPath: value)
        case "--progress": progress = value
        case "--target":
            guard let target = FuzzTarget.all.first(where: { $0.name == value }) else {
                let known = FuzzTarget.all.map(\.name).joined(separator: ", ")
                throw Fault(description: "unknown target \(value); known targets are \(known)")
            }
            targets.append(target)
        default: throw Fault(description: "unknown option \(name)")
        }
    }

    private static func number<T>(_ name: String, _ value: T?) throws(Fault) -> T {
        guard let value else { throw Fault(description: "\(name) needs a number") }
        return value
    }
}
