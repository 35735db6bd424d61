import CLibArchive
import Foundation

/// Makes ZIP archives for tests.
package enum SampleArchive {
    /// A file in an archive.
    package struct Entry {
        package var name: String
        package var content: [UInt8]
        package var isLink = false

        package init(_ name: String, _ content: [UInt8], isLink: Bool = false) {
            self.name = name
            self.content = content
            self.isLink = isLink
        }

        package init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
    }

    /// The bytes of a compressed archive, encrypted if a password is given.
    package static func bytes(_ entries: [Entry], password: String? = nil) -> [UInt8] {
        let size = entries.reduce(1 << 16) { $0 + $1.content.count + 1024 }
        var result = [UInt8](repeating: 0, count: size)
        var used = 0
        let archive = archive_write_new()
        archive_write_set_format_zip(archive)
        if let password {
            archive_write_set_options(archive, "zip:encryption=traditional")
            archive_write_set_passphrase(archive, password)
        }
        // One byte per block, so that nothing is appended after the end.
        archive_write_set_bytes_per_block(archive, 1)
        archive_write_set_bytes_in_last_block(archive, 1)
        result.withUnsafeMutableBytes { buffer in
            archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used)
            for file in entries {
                let entry = archive_entry_new()
                archive_entry_set_pathname(entry, file.name)
                archive_entry_set_filetype(entry, file.isLink ? 0o120000 : 0o100000)
                archive_entry_set_perm(entry, 0o644)
                if file.isLink {
                    archive_entry_set_symlink(entry, String(decoding: file.content, as: UTF8.self))
                } else {
                    archive_entry_set_size(entry, Int64(file.content.count))
                }
                archive_write_header(archive, entry)
                if !file.isLink {
                    _ = file.content.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
                }
                archive_entry_free(entry)
            }
            archive_write_close(archive)
        }
        archive_write_free(archive)
        return Array(result[..<used])
    }
}
