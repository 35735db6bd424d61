package import Foundation

/// Files and folders that their owner alone may read, whatever the process's mask says.
package enum PrivateFile {
    private static let fileMode: mode_t = 0o600
    private static let othersRights: mode_t = 0o077

    /// Makes a folder for its owner only, and takes the rights of others from one that exists.
    ///
    /// A folder of somebody else, or one that many share (such as `/tmp`), keeps its rights.
    ///
    /// - Throws: ``StorageError`` `cannotOpen`.
    package static func makeFolder(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw StorageError(code: .cannotOpen, message: "cannot create the folder \(folder.path)", cause: error)
        }
        tighten(folder.path)
    }

    /// Takes the rights of others from a file or folder that is the caller's own; what is not there is left alone.
    package static func tighten(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_uid == geteuid() else { return }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFDIR, status.st_mode & othersRights != 0 else { return }
        if kind == S_IFDIR, status.st_mode & mode_t(S_ISVTX) != 0 { return }
        _ = chmod(path, status.st_mode & 0o7777 & ~othersRights)
    }

    /// Makes an empty file that did not exist.
    ///
    /// - Throws: ``StorageError`` `cannotOpen`, also when there is anything at the path, a link included.
    package static func create(_ path: String) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, fileMode)
        guard descriptor >= 0 else { throw failure("cannot create \(path)") }
        // The mask may have taken away rights of the owner.
        _ = fchmod(descriptor, fileMode)
        close(descriptor)
    }

    /// Writes a file anew: whoever reads it, and whoever comes back after a loss of power, finds the old content or the new.
    ///
    /// - Throws: ``StorageError`` `cannotOpen`, `full`.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        let partial = path + ".partial"
        unlink(partial)
        let descriptor = open(partial, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, fileMode)
        guard descriptor >= 0 else { throw failure("cannot create \(partial)") }
        let isWritten = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
        let reason = errno
        close(descriptor)
        guard isWritten, rename(partial, path) == 0 else {
            unlink(partial)
            throw failure("cannot write \(path)", isWritten ? errno : reason)
        }
        syncFolder(of: path)
    }

    /// Appends to a file that exists; what was appended is on the device afterwards.
    ///
    /// - Throws: ``StorageError`` `cannotOpen`, `full`.
    package static func append(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot open \(path)") }
        defer { close(descriptor) }
        guard writeAll(bytes, to: descriptor), fsync(descriptor) == 0 else { throw failure("cannot write \(path)") }
    }

    /// Copies a file to one that did not exist, piece by piece.
    ///
    /// - Throws: ``StorageError`` `cannotOpen`, `full`.
    package static func copy(_ path: String, to target: String) throws {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw failure("cannot open \(path)") }
        defer { close(source) }
        let descriptor = open(target, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, fileMode)
        guard descriptor >= 0 else { throw failure("cannot create \(target)") }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: pieceBytes)
        while true {
            let count = Foundation.read(source, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot read \(path)") }
            if count == 0 { return }
            guard writeAll(Array(buffer[..<count]), to: descriptor) else { throw failure("cannot write \(target)") }
        }
    }

    private static let pieceBytes = 1 << 20

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    /// Gives a complete file its name, and leaves what already has that name alone.
    ///
    /// - Throws: ``StorageError`` `cannotOpen` when the name is taken.
    package static func publish(_ partial: String, as path: String) throws {
        sync(partial)
        // Not every file system knows second names for a file.
        if link(partial, path) == 0 {
            unlink(partial)
        } else {
            guard errno != EEXIST, access(path, F_OK) != 0, rename(partial, path) == 0 else {
                throw failure("cannot write \(path)", errno == 0 ? EEXIST : errno)
            }
        }
        syncFolder(of: path)
    }

    /// Moves a file or the names of a folder to the device.
    ///
    /// - Returns: whether the device has taken it.
    @discardableResult
    package static func sync(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    /// A new name is on the device once its folder is.
    private static func syncFolder(of path: String) {
        sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    private static func failure(_ what: String, _ number: Int32 = errno) -> StorageError {
        let isFull = number == ENOSPC || number == EDQUOT
        return StorageError(
            code: isFull ? .full : .cannotOpen,
            message: "\(what): \(String(cString: strerror(number)))"
        )
    }
}
