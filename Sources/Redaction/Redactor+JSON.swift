package import Vocabulary

/// Redaction of JSON values: facts about customers, answers, arguments and results.
extension Redactor {
    /// Replaces sensitive content in a value at every depth: in texts, numbers and names of members.
    ///
    /// The name of a member acts like context words before a value in a text: `{"pin": 2580}` becomes `{"pin":
    /// "[pin]"}`, and `{"order_number": …}` is kept. A number is replaced as a whole by a text. If names of members
    /// become equal, the later ones are numbered.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - name: the name of the value at its source, if any.
    ///   - kept: paths from the outermost object, such as `customer.id`, whose values are kept unchanged.
    /// - Returns: the redacted value.
    package func redact(_ value: JSON, named name: String = "", keeping kept: Set<String> = []) -> JSON {
        redact(value, named: name, at: "", kept)
    }

    /// Replaces sensitive content in the members of an object, like ``redact(_:named:keeping:)``.
    package func redact(_ object: JSONObject, keeping kept: Set<String> = []) -> JSONObject {
        redact(object, at: "", kept)
    }

    private func redact(_ value: JSON, named name: String, at path: String, _ kept: Set<String>) -> JSON {
        switch value {
        case .null, .bool: value
        case .string(let text): .string(redact(text, named: name))
        case .number(let number): redact(number, named: name).map(JSON.string) ?? value
        case .array(let elements): .array(elements.map { redact($0, named: name, at: path, kept) })
        case .object(let object): .object(redact(object, at: path, kept))
        }
    }

    private func redact(_ object: JSONObject, at path: String, _ kept: Set<String>) -> JSONObject {
        var result = JSONObject()
        for member in object.members {
            let inner = path.isEmpty ? member.key : "\(path).\(member.key)"
            let value =
                kept.contains(inner) ? member.value : redact(member.value, named: member.key, at: inner, kept)
            let key = redact(member.key).text
            var free = key
            var number = 2
            while free != member.key, result[free] != nil || object[free] != nil {
                free = "\(key) \(number)"
                number += 1
            }
            result[free] = value
        }
        return result
    }

    /// Redacts a text whose kind its name may indicate.
    private func redact(_ text: String, named name: String) -> String {
        guard let announcement = Self.announcement(name) else { return redact(text).text }
        let offset = announcement.unicodeScalars.count
        // A name such as "key" is not enough to treat its value as a secret.
        let spans = redact(announcement + text).spans.filter { $0.range.lowerBound >= offset && $0.kind != .secret }
        let moved = spans.map {
            RedactedText.Span(
                kind: $0.kind,
                range: ($0.range.lowerBound - offset)..<($0.range.upperBound - offset)
            )
        }
        return Redactor(kinds: kinds.intersection([.secret])).redact(RedactedText(original: text, spans: moved).text)
            .text
    }

    /// The replacement of a sensitive number; nil for a number that is kept.
    private func redact(_ number: JSONNumber, named name: String) -> String? {
        let text = Self.plainDigits(number.text) ?? number.text
        guard text.utf8.count >= 3 else { return nil }
        let announcement = Self.announcement(name) ?? ""
        let offset = announcement.unicodeScalars.count
        return redact(announcement + text).spans.first { $0.range.lowerBound >= offset }?.kind.placeholder
    }

    /// The words of a member's name, as context words before its value.
    private static func announcement(_ name: String) -> String? {
        guard !name.isEmpty, name.utf8.count <= 60 else { return nil }
        var words = ""
        var isLower = false
        for scalar in name.unicodeScalars {
            let isUpper = scalar.properties.isUppercase
            if isUpper, isLower { words.append(" ") }
            words.unicodeScalars.append("_.-/".unicodeScalars.contains(scalar) ? " " : scalar)
            isLower = scalar.properties.isLowercase
        }
        return words + ": "
    }

    /// The digits of a whole number that may be written with a zero fraction, an exponent or a sign.
    private static func plainDigits(_ text: String) -> String? {
        var digits: [UInt8] = []
        var point: Int?
        var index = text.utf8.startIndex
        let bytes = text.utf8
        if bytes.first == UInt8(ascii: "-") { index = bytes.index(after: index) }
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte.isDigit {
                digits.append(byte)
            } else if byte == UInt8(ascii: ".") {
                point = digits.count
            } else {
                break
            }
            index = bytes.index(after: index)
        }
        var exponent = 0
        if index < bytes.endIndex {
            let written = String(text[bytes.index(after: index)...])
            guard let value = Int(written.hasPrefix("+") ? String(written.dropFirst()) : written), abs(value) <= 40
            else {
                return nil
            }
            exponent = value
        }
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        let whole = (point.map { $0 - zeros } ?? digits.count) + exponent
        guard (3...40).contains(whole) else { return nil }
        while digits.count < whole { digits.append(UInt8(ascii: "0")) }
        guard digits[whole...].allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
        return String(decoding: digits[..<whole], as: UTF8.self)
    }
}
