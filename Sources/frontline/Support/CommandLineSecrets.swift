import Foundation

/// Keeps passwords of the command line from whoever lists the processes of the machine.
enum CommandLineSecrets {
    /// The arguments of the program; passwords among them are overwritten where the system shows them.
    ///
    /// They stand there from the start of the process until this call. A file that `PGPASSFILE` names is safer.
    static func takeArguments() -> [String] {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.contains(where: { secret(in: Array($0.utf8)) != nil }), let place = place() else {
            return arguments
        }
        var (start, end) = (place.startIndex, place.startIndex)
        while start < place.endIndex {
            end = place[start...].firstIndex(of: 0) ?? place.endIndex
            if let secret = secret(in: Array(place[start..<end])) {
                for offset in secret { place[start + offset] = UInt8(ascii: "*") }
            }
            start = end + 1
        }
        return arguments
    }

    /// The bytes of a password in an argument, such as `postgres://user:password@host` or `host=… password=…`.
    static func secret(in argument: [UInt8]) -> Range<Int>? {
        let text = String(decoding: argument, as: UTF8.self)
        // Offsets are those of the bytes only where they are valid UTF-8.
        guard text.utf8.count == argument.count else { return nil }
        let uri = text.firstMatch(of: /postgres(?:ql)?:\/\/[^:@\/]*:([^@\/]*)@/)?.1
        guard let found = uri ?? text.firstMatch(of: /(?:^|[\s?&=])password\s*=\s*('(?:[^'\\]|\\.)*'|[^\s&]+)/)?.1
        else {
            return nil
        }
        let start = text.utf8.distance(from: text.startIndex, to: found.startIndex)
        return start..<(start + found.utf8.count)
    }

    /// The memory in which the system keeps the arguments of this process.
    private static func place() -> UnsafeMutableBufferPointer<UInt8>? {
        guard let status = FileManager.default.contents(atPath: "/proc/self/stat"),
            // The second field is a name in brackets, with anything in it.
            let name = status.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = String(decoding: status[(name + 1)...], as: UTF8.self).split(separator: " ")
        // Fields 48 and 49, counted from 1; those after the name begin with 3.
        guard fields.count > 46, let start = UInt(fields[45]), let end = UInt(fields[46]), start < end else {
            return nil
        }
        let pointer = UnsafeMutablePointer<UInt8>(bitPattern: start)
        return UnsafeMutableBufferPointer(start: pointer, count: Int(end - start))
    }
}
