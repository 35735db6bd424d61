import Logging

extension Services {
    /// Publishes the rules of a folder, like a server at start; failures are logged.
    package func publish(rules folder: String) async {
        await FolderPublication(services: self, logger: Logger(label: "frontline")).run(path: folder)
    }
}
