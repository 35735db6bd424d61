import ArgumentParser

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Add, list and check sentence encoders.",
        discussion: """
            A sentence encoder is a file on this machine; nothing is fetched. `serve --encoder` says which one is used: by \
            default the first one of the list.
            """,
        subcommands: [ModelAddCommand.self, ModelListCommand.self, ModelCheckCommand.self]
    )
}
