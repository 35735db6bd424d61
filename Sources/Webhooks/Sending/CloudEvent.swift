package import Vocabulary

/// An event as CloudEvents 1.0.2 has it in structured mode: attributes and data in one JSON object, so that the signature covers
/// both.
package struct CloudEvent: Sendable, Hashable {
    package static let contentType = "application/cloudevents+json; charset=utf-8"

    /// Unique within its source, and the same in every attempt.
    package let id: String
    package let source: String
    package let type: String
    /// What it is about, such as `alert/al-17`; events of one subject are sent in order.
    package let subject: String
    /// When it happened, in microseconds since 1970.
    package let at: Int64
    /// Its number in its log, with which a receiver tells the later of two events of one subject; nil for a test.
    package let sequence: Int64?
    package let data: JSON

    package init(id: String, source: String, type: String, subject: String, at: Int64, sequence: Int64?, data: JSON) {
        (self.id, self.source, self.type, self.subject) = (id, source, type, subject)
        (self.at, self.sequence, self.data) = (at, sequence, data)
    }

    /// The event as text, without its data where it would be longer than `most` bytes.
    func text(most: Int) -> String {
        let whole = text(data)
        guard whole.utf8.count > most else { return whole }
        return text(["omitted": .string("the event has \(whole.utf8.count) bytes, and \(most) are allowed")])
    }

    private func text(_ data: JSON) -> String {
        var object = JSONObject()
        object["specversion"] = "1.0"
        object["id"] = .string(id)
        object["source"] = .string(source)
        object["type"] = .string(type)
        object["subject"] = .string(subject)
        object["time"] = .string(Timestamp(microseconds: at).description)
        object["datacontenttype"] = "application/json"
        // As text and of one width, because the extension `sequence` is compared as text.
        object["sequence"] = sequence.map { number in
            let digits = String(number)
            return .string(String(repeating: "0", count: max(0, 19 - digits.count)) + digits)
        }
        object["data"] = data
        return String(decoding: JSON.object(object).serialized(), as: UTF8.self)
    }
}
