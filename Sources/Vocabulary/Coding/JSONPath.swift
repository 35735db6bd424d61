/// Where a value stands inside another; turned into text only when something is wrong there.
indirect enum JSONPath {
    case root(String)
    case member(JSONPath, String)
    case element(JSONPath, Int)

    /// The place as `params.tags[2]`.
    var text: String {
        switch self {
        case .root(let name): name
        case .member(let parent, let name): parent.text + "." + name
        case .element(let parent, let index): parent.text + "[\(index)]"
        }
    }

    /// The fault of finding something else here.
    func mismatch(_ expected: String) -> JSONDecodingError {
        JSONDecodingError(code: .mismatch, path: text, expected: expected)
    }
}
