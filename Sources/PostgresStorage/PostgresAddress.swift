internal import CLibPQ
internal import Storage

/// Where a database of PostgreSQL is, in the words of libpq.
///
/// An address may hold a password, so only ``text`` is given to libpq, and whatever people see is ``description``.
package struct PostgresAddress: Sendable, Hashable, CustomStringConvertible {
    /// What an address looks like, for messages.
    package static let form = "postgres://USER@HOST:PORT/DATABASE, or words such as host=… dbname=…"
    private static let maximumLength = 4_096

    /// The address as it was given.
    package let text: String
    /// Whether it holds a password.
    package let hasPassword: Bool
    /// The address without anything secret.
    package let description: String

    /// Reads an address: a URI, or words and values.
    ///
    /// - Throws: ``StorageError`` `cannotOpen` for one that libpq cannot read; its message does not quote it.
    package init(_ text: String) throws {
        guard text.utf8.count <= Self.maximumLength, let first = PQconninfoParse(text, nil) else {
            throw StorageError(
                code: .cannotOpen,
                message: "the address of the store cannot be read; expected \(Self.form)"
            )
        }
        defer { PQconninfoFree(first) }
        var given: [String: String] = [:]
        var option = first
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { given[String(cString: keyword)] = String(cString: value) }
            option = option.successor()
        }
        // The end of a password with an @ in it would be taken for the host, and told in messages.
        guard given["host"]?.contains("@") != true else {
            throw StorageError(
                code: .cannotOpen,
                message: "the host in the address of the store has an @; write one in a password as %40"
            )
        }
        self.text = text
        hasPassword = given["password"] != nil || given["sslpassword"] != nil
        description = Self.described(given)
    }

    private static func described(_ given: [String: String]) -> String {
        var result = "postgresql://"
        if let user = given["user"] { result += user + "@" }
        result += hosts(given["host"] ?? given["hostaddr"] ?? "", ports: given["port"] ?? "")
        if let database = given["dbname"] { result += "/" + database }
        if let service = given["service"] { result += "?service=" + service }
        return result
    }

    /// Each host with its port; one port goes for all of them.
    private static func hosts(_ hosts: String, ports: String) -> String {
        let hosts = hosts.split(separator: ",", omittingEmptySubsequences: false)
        let ports = ports.split(separator: ",", omittingEmptySubsequences: false)
        return hosts.indices.map { index in
            guard let port = ports.count == 1 ? ports.first : ports.dropFirst(index).first, !port.isEmpty else {
                return String(hosts[index])
            }
            return "\(hosts[index]):\(port)"
        }.joined(separator: ",")
    }
}
