import ArgumentParser
import FrontlineService

/// What commands say of files.
enum FileReports {
    /// The files that paths mean; a path where nothing is ends the command as a usage error.
    static func files(_ paths: [String], recursively: Bool = false, matching: (String) -> Bool) throws -> [String] {
        try listing { () throws(FileError) in
            try SourceFiles.list(paths, recursively: recursively, matching: matching)
        }
    }

    /// What a listing gives; a path where nothing is ends the command as a usage error.
    static func listing(_ list: () throws(FileError) -> [String]) throws -> [String] {
        do {
            return try list()
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// Says why a file failed, on standard error: a line for the file, then one for each thing that is wrong with it.
    static func report(_ error: any Error, of file: String) {
        let sentence = ErrorText.sentence(error)
        Console.error(error is FileError ? sentence : "\(file): \(sentence)")
        for detail in ErrorText.details(error) { Console.error(detail) }
    }
}
