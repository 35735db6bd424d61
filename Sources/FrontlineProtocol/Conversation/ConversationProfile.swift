import JSONRPC
import Vocabulary

/// What is checked wherever something is said about a conversation.
enum ConversationProfile {
    private static let maximumTags = 50
    private static let maximumExternalIds = 50

    /// Fails for a customer that is no object, and for tags and names that are too many or not fit to be names.
    static func check(
        _ customer: JSON?,
        _ externalIds: [String: String]?,
        _ tags: [String]?
    ) throws(RPCError) {
        if let customer, customer.object == nil {
            throw .invalidParams(path: "params.customer", expected: "an object with `id`")
        }
        if let tags {
            try Limits.check(tags.count, in: 0...maximumTags, path: "params.tags")
            for (index, tag) in tags.enumerated() { try Limits.checkName(tag, path: "params.tags[\(index)]") }
        }
        guard let externalIds else { return }
        try Limits.check(externalIds.count, in: 0...maximumExternalIds, path: "params.external_ids")
        for (name, id) in externalIds.sorted(by: { $0.key < $1.key }) {
            try Limits.checkName(name, path: "params.external_ids")
            try Limits.checkName(id, path: "params.external_ids.\(name)")
        }
    }
}
