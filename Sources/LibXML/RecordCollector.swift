import CLibXML2

/// Reduces a streamed tree to the open elements, a bounded part of the preceding content, and the record being read.
///
/// A record is passed on when it ends, while still attached to its parents, and then freed together with the white
/// space before it. A parent of records is freed when it ends. Other closed elements stay, so that XPath on a later
/// record can reach them, until ``XMLLimits/contextBytes`` are used up.
final class RecordCollector {
    /// The memory counted for an element in addition to its text, in bytes.
    private static let elementWeight = 100

    private unowned let session: ParserSession
    private let limits: XMLLimits
    private let recognise: (XMLElement) throws -> [XMLName]
    private(set) var names: [XMLName] = []
    private(set) var isRecognised = false
    /// Receives each record; `isComplete` is false for one that was too large.
    ///
    /// Set only while bytes are fed.
    var handler: ((XMLElement, _ isComplete: Bool) -> Void)?
    /// The error thrown by the recognition of the root.
    private(set) var refusal: (any Error)?

    private var record: xmlNodePtr?
    /// The place at which the content of the record being read begins.
    private(set) var recordPlace: DocumentPlace?
    /// The place at which the start tag of the root ends.
    private(set) var rootPlace: DocumentPlace?
    private var recordWeight = 0
    private var isOversize = false
    private var unbuilt = 0
    /// The open elements outside records.
    private var open: [Frame] = []
    /// The size of the content kept besides the record, in bytes.
    private var kept = 0

    private struct Frame {
        var node: xmlNodePtr
        /// The total size kept when the element began.
        var keptBefore: Int
        /// The size kept of its own text and of its closed children.
        var own = 0
        var heldRecord = false
    }

    /// The limit for all parents together, as a multiple of the limit for one.
    private static let parents = 16

    init(session: ParserSession, recognise: @escaping (XMLElement) throws -> [XMLName]) {
        self.session = session
        self.limits = session.limits
        self.recognise = recognise
    }

    /// Continues the work of another collector, with the names of records that it has found.
    init(session: ParserSession, goingOnFrom other: RecordCollector) {
        self.session = session
        limits = session.limits
        recognise = other.recognise
        names = other.names
        isRecognised = true
    }

    /// Sets the place of the root element in the document.
    func begin(rootPlace: DocumentPlace?) { self.rootPlace = rootPlace }

    /// The record being read, as far as it has been read.
    var unfinishedRecord: XMLElement? { record.map { XMLElement(tree: session.tree, pointer: $0) } }

    /// The elements around the record, the root first.
    var openElements: [xmlNodePtr] { open.map(\.node) }

    /// Whether the record has grown past its limit, so that the rest of it is skipped.
    var isPassingOver: Bool { isOversize }

    func passOverStart() { unbuilt += 1 }

    /// Handles the end of an element; returns whether the element was skipped.
    func passOverEnd() -> Bool {
        guard unbuilt > 0 else { return false }
        unbuilt -= 1
        return true
    }

    func admits(text length: Int) -> Bool {
        if record != nil {
            grow(by: length)
            return !isOversize
        }
        guard !open.isEmpty, hasRoom(for: length) else { return false }
        kept += length
        open[open.count - 1].own += length
        return true
    }

    func didStart(_ node: xmlNodePtr, weight: Int) {
        if record != nil { return grow(by: weight + RecordCollector.elementWeight) }
        let isRoot = open.isEmpty
        if !isRecognised {
            rootPlace = DocumentPlace(offset: session.offset, line: session.line)
            recogniseRoot(node)
        }
        if isRecord(node, isRoot: isRoot) {
            record = node
            recordPlace = DocumentPlace(offset: session.offset, line: session.line)
            recordWeight = weight
            isOversize = false
        } else {
            open.append(Frame(node: node, keptBefore: kept, own: weight + RecordCollector.elementWeight))
            kept += weight + RecordCollector.elementWeight
        }
    }

    /// Handles the end of an element in the tree; returns whether a node was removed.
    func didEnd(_ node: xmlNodePtr) -> Bool {
        if node == record {
            handOver(node)
            return true
        }
        guard record == nil, let frame = open.popLast() else { return false }
        guard !open.isEmpty else { return false }
        if frame.heldRecord { open[open.count - 1].heldRecord = true }
        let weight = kept - frame.keptBefore
        if !frame.heldRecord, hasRoom(for: weight) {
            open[open.count - 1].own += weight
            return false
        }
        kept = frame.keptBefore
        remove(node)
        return true
    }

    /// Whether the innermost open element may keep this many more bytes.
    private func hasRoom(for length: Int) -> Bool {
        let limit = limits.contextBytes
        return (open.last?.own ?? 0) + length <= limit && kept <= limit * RecordCollector.parents
    }

    private func grow(by weight: Int) {
        recordWeight += weight
        if recordWeight > limits.recordBytes { isOversize = true }
    }

    private func recogniseRoot(_ node: xmlNodePtr) {
        isRecognised = true
        do {
            names = try recognise(XMLElement(tree: session.tree, pointer: node))
        } catch {
            refusal = error
            session.fail(.malformed, "refused: \(error)")
        }
    }

    private func isRecord(_ node: xmlNodePtr, isRoot: Bool) -> Bool {
        names.contains { name in
            if isRoot, name.local == "*" { return false }
            guard RecordCollector.matches(node.pointee.name, name.local) else { return false }
            guard let wanted = name.namespace else { return true }
            guard let own = node.pointee.ns?.pointee.href else { return wanted.isEmpty }
            return xmlStrEqual(own, wanted) == 1
        }
    }

    /// Whether a local name equals the wanted one, or matches its prefix if that ends with `*`.
    private static func matches(_ name: UnsafePointer<xmlChar>?, _ wanted: String) -> Bool {
        if wanted.utf8.last != UInt8(ascii: "*") { return xmlStrEqual(name, wanted) == 1 }
        return xmlStrncmp(name, wanted, Int32(wanted.utf8.count - 1)) == 0
    }

    private func handOver(_ node: xmlNodePtr) {
        handler?(XMLElement(tree: session.tree, pointer: node), !isOversize)
        record = nil
        recordPlace = nil
        isOversize = false
        if !open.isEmpty { open[open.count - 1].heldRecord = true }
        remove(node)
    }

    /// Frees an element and the text before it; both are children of the innermost open element.
    private func remove(_ node: xmlNodePtr) {
        session.tree.generation += 1
        while let before = node.pointee.prev, before.pointee.type == XML_TEXT_NODE {
            let length = Int(xmlStrlen(before.pointee.content))
            kept -= length
            if !open.isEmpty { open[open.count - 1].own -= length }
            xmlUnlinkNode(before)
            xmlFreeNode(before)
        }
        xmlUnlinkNode(node)
        xmlFreeNode(node)
    }
}
