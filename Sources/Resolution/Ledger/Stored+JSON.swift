import Storage
import Vocabulary

/// How parts of a request are kept as text.
extension Verdict {
    /// The verdict as it is stored.
    var json: JSON {
        var object: JSONObject = ["outcome": .string(outcome.rawValue)]
        object["limit"] = limit.map { .number(JSONNumber($0.minorUnits)) }
        object["approver_tier"] = approverTier.map { .number(JSONNumber($0)) }
        object["business_minutes"] = businessMinutes.map { .number(JSONNumber($0)) }
        object["because"] = .array(because.map(JSON.string))
        object["rules"] = .array(rules.map(JSON.string))
        return .object(object)
    }

    /// Reads what ``json`` gave; the limit is in the request's currency.
    ///
    /// - Throws: `StorageError` `corrupt` for an outcome that is not known.
    init(json: JSON, currency: Currency?) throws(StorageError) {
        self.init(
            outcome: try ResolutionOutcome(stored: json["outcome"]?.string ?? "", as: "the outcome of a request"),
            limit: currency.flatMap { currency in
                json["limit"]?.int.flatMap { Money(minorUnits: Int64($0), currency) }
            },
            approverTier: json["approver_tier"]?.int,
            businessMinutes: json["business_minutes"]?.int,
            because: json["because"]?.array?.compactMap(\.string) ?? [],
            rules: json["rules"]?.array?.compactMap(\.string) ?? []
        )
    }
}

extension Settlement {
    /// The settlement as it is stored.
    var json: JSON {
        var object: JSONObject = ["result": .string(result.rawValue), "by": .string(by)]
        object["reference"] = reference.map(JSON.string)
        object["at"] = .number(JSONNumber(at))
        guard result.isReturned else { return .object(object) }
        object["confirmed"] = .bool(confirmation != nil)
        object["confirmed_by"] = confirmation.map { .string($0.by) }
        object["confirmed_at"] = confirmation.map { .number(JSONNumber($0.at)) }
        return .object(object)
    }

    /// Reads what ``json`` gave; what an earlier release wrote was released at once.
    ///
    /// - Throws: `StorageError` `corrupt` for a result that is not known, or without who reported it and when.
    init(json: JSON) throws(StorageError) {
        let result = try SettlementResult(stored: json["result"]?.string ?? "", as: "the settlement of a request")
        guard let by = json["by"]?.string, let at = json["at"]?.int else {
            throw StorageError(code: .corrupt, message: "a settlement is stored without who reported it, or when")
        }
        let isReleased = result.isReturned && json["confirmed"] != false
        let confirmation = Confirmation(
            by: json["confirmed_by"]?.string ?? by,
            at: Int64(json["confirmed_at"]?.int ?? at)
        )
        self.init(
            result: result,
            reference: json["reference"]?.string,
            by: by,
            at: Int64(at),
            confirmation: isReleased ? confirmation : nil
        )
    }
}

extension CaseFacts {
    /// What is kept for good: nothing that leads to a person beside those who work here.
    func storedJSON(after: JSONObject) -> JSON {
        var request = request
        request["reference"] = nil
        return [
            "request": .object(request), "agent": .object(agent), "history": .object(history),
            "history_after": .object(after),
        ]
    }

    /// What can be erased.
    func personalJSON(locale: String?) -> JSON {
        var object: JSONObject = [
            "customer": .object(customer), "context": .object(context),
            "reference": request["reference"] ?? .null,
        ]
        object["locale"] = locale.map(JSON.string)
        return .object(object)
    }

    /// Puts together what ``storedJSON(after:)`` and ``personalJSON(locale:)`` gave.
    init(stored: JSON, personal: JSON?, now: Int64) {
        var request = stored["request"]?.object ?? [:]
        request["reference"] = personal?["reference"] ?? .null
        self.init(
            request: request,
            agent: stored["agent"]?.object ?? [:],
            customer: personal?["customer"]?.object ?? ["id": .null],
            history: stored["history"]?.object ?? [:],
            context: personal?["context"]?.object ?? [:],
            now: now
        )
    }
}
