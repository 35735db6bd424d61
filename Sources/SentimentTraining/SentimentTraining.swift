import Foundation
import Sentiment

/// Trains the sentiment model linked into the program, or evaluates it on held-out rows.
///
///     swift run -c release SentimentTraining train DATA Sources/CSentimentModel/en.model
///     swift run -c release SentimentTraining trial DATA
///
/// DATA is the folder `sentiment` of the public test data. Training takes seconds and is deterministic.
@main
enum SentimentTraining {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let command = arguments.first, let data = arguments.dropFirst().first else { return usage() }
        let folder = URL(filePath: data)
        let rows = try TrainingSets.load(folder)
        let builder = ModelBuilder(ratedWords: try TrainingSets.lexicon(folder))
        switch (command, arguments.dropFirst(2).first) {
        case ("train", let output?):
            let bytes = builder.build(rows).encoded()
            try Data(bytes).write(to: URL(filePath: output))
            print("wrote \(bytes.count) bytes, trained on \(rows.count) rows")
        case ("trial", _): Trial(rows: rows, builder: builder, folder: folder).run()
        default: usage()
        }
    }

    private static func usage() {
        print("usage: SentimentTraining train DATA FILE | trial DATA")
    }
}
