import CLibXML2

/// The functions that libxml2 calls while parsing; each finds its ``ParserSession`` through the parser's private
/// pointer.
///
/// For the content of an entity libxml2 uses a second parser and passes that to these functions. Its private pointer is
/// the same, so the limits apply there too.
enum ParserHooks {
    /// Replaces the default handlers of one parser.
    static func install(in sax: UnsafeMutablePointer<xmlSAXHandler>) {
        frontline_xml_silence(sax)
        sax.pointee.startElementNs = startElement
        sax.pointee.endElementNs = endElement
        sax.pointee.characters = characters
        sax.pointee.ignorableWhitespace = characters
        sax.pointee.cdataBlock = characters
        sax.pointee.comment = nil
        sax.pointee.processingInstruction = nil
        sax.pointee.entityDecl = declareEntity
        sax.pointee.unparsedEntityDecl = nil
        sax.pointee.notationDecl = nil
        sax.pointee.attributeDecl = { _, _, _, _, _, _, tree in xmlFreeEnumeration(tree) }
        sax.pointee.elementDecl = nil
        sax.pointee.externalSubset = nil
        sax.pointee.resolveEntity = { _, _, _ in nil }
        sax.pointee.getEntity = findEntity
        sax.pointee.getParameterEntity = findParameterEntity
        sax.pointee.reference = { data, name in
            ParserHooks.session(data)?.session.failUndefined(String(xml: name))
        }
        sax.pointee.serror = { data, error in
            guard let error, let (session, _) = ParserHooks.session(data) else { return }
            session.report(error.pointee)
        }
    }

    private static func session(_ data: UnsafeMutableRawPointer?) -> (session: ParserSession, parser: xmlParserCtxtPtr)?
    {
        guard let data else { return nil }
        let parser = data.assumingMemoryBound(to: xmlParserCtxt.self)
        guard let owner = parser.pointee._private else { return nil }
        return (Unmanaged<ParserSession>.fromOpaque(owner).takeUnretainedValue(), parser)
    }

    // MARK: Content

    private static let startElement: startElementNsSAX2Func = {
        data,
        local,
        prefix,
        uri,
        namespaceCount,
        namespaces,
        attributeCount,
        defaulted,
        attributes in
        guard let (session, parser) = ParserHooks.session(data) else { return }
        guard session.depth(in: parser) <= session.limits.depth else {
            return session.fail(.limit, "elements are nested more than \(session.limits.depth) levels deep")
        }
        guard session.admits(attributes: attributeCount + namespaceCount) else { return }
        let isMain = session.isMain(parser)
        if isMain, let observer = session.observer, observer.isPassingOver {
            return observer.passOverStart()
        }
        xmlSAX2StartElementNs(
            data,
            local,
            prefix,
            uri,
            namespaceCount,
            namespaces,
            attributeCount,
            defaulted,
            attributes
        )
        guard let node = parser.pointee.node else { return }
        node.pointee._private = UnsafeMutableRawPointer(
            bitPattern: session.line(ofParser: ParserHooks.startLine(parser))
        )
        guard isMain else { return }
        if let document = parser.pointee.myDoc, session.tree.document == nil { session.tree.adopt(document) }
        if let observer = session.observer {
            observer.didStart(node, weight: ParserHooks.weight(attributes, Int(attributeCount)))
        }
    }

    private static let endElement: endElementNsSAX2Func = { data, local, prefix, uri in
        guard let (session, parser) = ParserHooks.session(data) else { return }
        guard session.isMain(parser), let observer = session.observer else {
            return xmlSAX2EndElementNs(data, local, prefix, uri)
        }
        if observer.passOverEnd() { return }
        let node = parser.pointee.node
        xmlSAX2EndElementNs(data, local, prefix, uri)
        if let node, observer.didEnd(node) {
            // A node was removed: the next text must not be appended to a remembered one.
            parser.pointee.nodemem = 0
            parser.pointee.nodelen = 0
        }
    }

    private static let characters: charactersSAXFunc = { data, text, length in
        guard let (session, parser) = ParserHooks.session(data) else { return }
        if session.isMain(parser), let observer = session.observer, !observer.admits(text: Int(length)) { return }
        xmlSAX2Characters(data, text, length)
    }

    /// The line of the `<` of the tag just read: attribute values contain no `<`, so it is the last one.
    private static func startLine(_ parser: xmlParserCtxtPtr) -> Int {
        guard let input = parser.pointee.input, var current = input.pointee.cur, let base = input.pointee.base else {
            return 1
        }
        var line = Int(input.pointee.line)
        while current > base {
            current -= 1
            if current.pointee == UInt8(ascii: "<") { return max(1, line) }
            if current.pointee == UInt8(ascii: "\n") { line -= 1 }
        }
        return max(1, Int(input.pointee.line))
    }

    /// The size of the attribute values in bytes; libxml2 passes five pointers per attribute, the last two delimiting
    /// the value.
    private static func weight(_ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int) -> Int {
        guard let attributes else { return 0 }
        var total = 0
        for index in 0..<count {
            if let start = attributes[index * 5 + 3], let end = attributes[index * 5 + 4] { total += end - start }
        }
        return total
    }

    // MARK: Entities

    private static let declareEntity: entityDeclSAXFunc = { data, name, kind, publicID, systemID, content in
        guard let (session, _) = ParserHooks.session(data) else { return }
        let parameter = kind == XML_EXTERNAL_PARAMETER_ENTITY.rawValue
        let external = parameter || kind == XML_EXTERNAL_GENERAL_PARSED_ENTITY.rawValue
        if session.admitsDeclaration(of: name, external: external) {
            xmlSAX2EntityDecl(data, name, kind, publicID, systemID, content)
        } else if parameter {
            // A non-validating parser may skip external parameter entities, so they are replaced with nothing.
            var nothing: xmlChar = 0
            xmlSAX2EntityDecl(data, name, Int32(XML_INTERNAL_PARAMETER_ENTITY.rawValue), nil, nil, &nothing)
        }
    }

    private static let findEntity: getEntitySAXFunc = { data, name in
        guard let (session, parser) = ParserHooks.session(data) else { return nil }
        var entity = xmlSAX2GetEntity(data, name)
        if entity == nil, parser.pointee.hasExternalSubset != 0 { entity = ParserHooks.standard(name, parser) }
        return session.admitsReference(length: entity.map { Int($0.pointee.length) } ?? 0) ? entity : nil
    }

    private static let findParameterEntity: getParameterEntitySAXFunc = { data, name in
        guard let (session, _) = ParserHooks.session(data) else { return nil }
        let entity = xmlSAX2GetParameterEntity(data, name)
        return session.admitsReference(length: entity.map { Int($0.pointee.length) } ?? 0) ? entity : nil
    }

    /// The character that external DTDs usually define (`&nbsp;`, `&mdash;` in XHTML, DocBook and DITA), since the DTD
    /// itself is not loaded.
    private static func standard(_ name: UnsafePointer<xmlChar>?, _ parser: xmlParserCtxtPtr) -> xmlEntityPtr? {
        guard let known = htmlEntityLookup(name), let document = parser.pointee.myDoc else { return nil }
        guard document.pointee.intSubset != nil, let scalar = Unicode.Scalar(known.pointee.value) else { return nil }
        let kind = Int32(XML_INTERNAL_GENERAL_ENTITY.rawValue)
        return xmlAddDocEntity(document, name, kind, nil, nil, String(Character(scalar)))
    }
}

extension ParserSession {
    /// Handles an error reported by libxml2; warnings and validity errors are ignored.
    fileprivate func report(_ report: xmlError) {
        let code = Int(report.code)
        let undefined =
            code == Int(XML_WAR_UNDECLARED_ENTITY.rawValue) || code == Int(XML_ERR_UNDECLARED_ENTITY.rawValue)
        let encoding = ParserSession.encodingCodes.contains(code)
        guard report.level == XML_ERR_FATAL || undefined || encoding else { return }
        if undefined, let name = report.str1 { return failUndefined(String(cString: name)) }
        var message = report.message.map { String(cString: $0) } ?? "not well formed"
        while message.last?.isNewline == true { message.removeLast() }
        message.replace("\n", with: " ")
        if code == Int(XML_ERR_TAG_NAME_MISMATCH.rawValue) {
            // The text contains the line of the start tag in the parser's own count.
            message.replace(" line \(report.int1) ", with: " line \(line(ofParser: Int(report.int1))) ")
        }
        let kind: XMLError.Code = encoding ? .encoding : ParserSession.limitCodes.contains(code) ? .limit : .malformed
        fail(XMLError(kind, message, line: line(ofParser: Int(report.line)), column: Int(report.int2), file: file))
    }

    private static let encodingCodes: Set<Int> = [
        Int(XML_ERR_INVALID_ENCODING.rawValue), Int(XML_ERR_UNSUPPORTED_ENCODING.rawValue),
        Int(XML_ERR_UNKNOWN_ENCODING.rawValue), Int(XML_I18N_CONV_FAILED.rawValue),
    ]
    private static let limitCodes: Set<Int> = [Int(XML_ERR_ENTITY_LOOP.rawValue), Int(XML_ERR_NAME_TOO_LONG.rawValue)]
}
