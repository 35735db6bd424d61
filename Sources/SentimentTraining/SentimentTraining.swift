import Foundation
import Sentiment

/// Trains the sentiment model linked into the program and its heads, or evaluates them on held-out rows.
///
///     swift run -c release SentimentTraining train DATA Sources/CSentimentModel/en.model
///     swift run -c release SentimentTraining heads DATA MODEL Sources/CSentimentModel/en.heads
///     swift run -c release SentimentTraining trial DATA [MODEL]
///
/// DATA is the folder `sentiment` of the public test data, MODEL a sentence encoder: a converted file or a folder. Training the
/// model takes seconds, and the heads minutes, most of them for the vectors. Both are deterministic.
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
        case ("heads", let model?):
            guard let output = arguments.dropFirst(3).first else { return usage() }
            let trial = try HeadTrial(
                rows: rows,
                builder: builder,
                folder: folder,
                model: URL(filePath: model),
                isEvaluated: false
            )
            let bytes = trial.heads().encoded()
            try Data(bytes).write(to: URL(filePath: output))
            print("wrote \(bytes.count) bytes, for the encoder \(trial.vectors.encoder)")
        case ("trial", let model):
            Trial(rows: rows, builder: builder, folder: folder).run()
            guard let model else { return }
            try HeadTrial(
                rows: rows,
                builder: builder,
                folder: folder,
                model: URL(filePath: model),
                isEvaluated: true
            ).run()
        default: usage()
        }
    }

    private static func usage() {
        print("usage: SentimentTraining train DATA FILE | heads DATA MODEL FILE | trial DATA [MODEL]")
    }
}
