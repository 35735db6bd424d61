import Foundation
import IEEEDecimal

/// The files of the General Decimal Arithmetic test suite for 34 digits, which CPython's source installations carry.
enum DecTestFiles {
    /// Where the files are: FRONTLINE_DECTEST, or beside the standard library of the `python3` on the path.
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["FRONTLINE_DECTEST"]
        guard let path = named ?? pythonFolder() else { return nil }
        let first = URL(filePath: path).appending(path: "dqAdd.decTest")
        return FileManager.default.fileExists(atPath: first.path()) ? URL(filePath: path) : nil
    }()

    /// The names of the files, such as `dqAdd`.
    static let names: [String] = {
        guard let folder else { return [] }
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return all.filter { $0.hasPrefix("dq") && $0.hasSuffix(".decTest") }.map { String($0.dropLast(8)) }.sorted()
    }()

    private static func pythonFolder() -> String? {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let library = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return library.isEmpty ? nil : library + "/test/decimaltestdata"
    }
}

/// One line of a test file: `id operation operands -> result conditions`.
struct DecTestCase {
    var id: String
    var operation: String
    var operands: [String]
    var result: String
    var conditions: [String]
    var rounding: DecimalRounding
    var precision: Int

    /// The cases of a file, in order.
    static func cases(in text: String) -> [DecTestCase] {
        var (rounding, precision) = (DecimalRounding.halfEven, 34)
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            let fields = tokens(of: line)
            if fields.count == 2, fields[0].lowercased() == "rounding:" {
                rounding = roundings[fields[1].lowercased()] ?? rounding
            }
            if fields.count == 2, fields[0].lowercased() == "precision:" { precision = Int(fields[1]) ?? precision }
            guard let arrow = fields.firstIndex(of: "->"), arrow >= 3, fields.count > arrow + 1 else { return nil }
            return DecTestCase(
                id: fields[0],
                operation: fields[1].lowercased(),
                operands: Array(fields[2..<arrow]),
                result: fields[arrow + 1],
                conditions: fields[(arrow + 2)...].map { $0.lowercased() },
                rounding: rounding,
                precision: precision
            )
        }
    }

    private static let roundings: [String: DecimalRounding] = [
        "half_even": .halfEven, "half_up": .halfUp, "half_down": .halfDown, "up": .up, "down": .down,
        "ceiling": .ceiling, "floor": .floor, "05up": .zeroFiveUp,
    ]

    /// The words of a line up to a comment; a quoted word may hold spaces and doubled quotes.
    private static func tokens(of line: Substring) -> [String] {
        var fields: [String] = []
        var rest = line[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if rest.hasPrefix("--") {
                return fields
            } else if first == "'" || first == "\"" {
                fields.append(quoted(&rest, by: first))
            } else {
                let word = rest.prefix { !$0.isWhitespace }
                fields.append(String(word))
                rest = rest.dropFirst(word.count)
            }
        }
        return fields
    }

    private static func quoted(_ rest: inout Substring, by quote: Character) -> String {
        var word = ""
        rest.removeFirst()
        while let next = rest.popFirst() {
            if next != quote {
                word.append(next)
            } else if rest.first == quote {
                word.append(next)
                rest.removeFirst()
            } else {
                break
            }
        }
        return word
    }
}
