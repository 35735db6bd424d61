package import CoreMetrics
import Synchronization

/// Keeps the metrics of the process and writes them in the Prometheus text format, version 0.0.4.
///
/// Counters and gauges are written as such, timers as histograms in seconds. Of a metric that is asked for with more
/// than ``maximumSeries`` different sets of labels, the further sets share one whose labels all say `other`.
package final class PrometheusRegistry: Sendable {
    /// How many sets of labels a metric may have.
    package static let maximumSeries = 500

    private struct Family {
        let kind: PrometheusSeries.Kind
        var series: [String: PrometheusSeries] = [:]
    }

    private let families = Mutex<[String: Family]>([:])

    /// Labels that all metrics have, before their own.
    private let common: [(String, String)]

    /// Makes a registry without metrics.
    ///
    /// - Parameter common: labels that all metrics have, such as the name of the process among several.
    package init(labels common: [(String, String)] = []) { self.common = common }

    /// The state of all metrics, sorted by name and labels.
    package func render() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# TYPE \(name) \(family.kind.rawValue)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.render(name: name, labels: labels, into: &text)
            }
        }
        return text
    }

    func series(_ label: String, _ dimensions: [(String, String)], _ kind: PrometheusSeries.Kind) -> PrometheusSeries {
        let name = Self.name(label)
        let labels = Self.labels(common + dimensions)
        return families.withLock { families in
            var family = families[name] ?? Family(kind: kind)
            guard family.kind == kind else { return PrometheusSeries(kind: kind) }
            if let series = family.series[labels] {
                return series
            }
            let isFull = family.series.count >= Self.maximumSeries
            let key = isFull ? Self.labels(common + dimensions.map { ($0.0, "other") }) : labels
            let series = family.series[key] ?? PrometheusSeries(kind: kind)
            family.series[key] = series
            families[name] = family
            return series
        }
    }

    /// A name as Prometheus allows it; other characters become underscores.
    private static func name(_ label: String) -> String {
        let characters = label.map { character -> Character in
            let isAllowed = character.isASCII && (character.isLetter || character.isNumber || character == "_")
            return isAllowed ? character : "_"
        }
        let name = String(characters)
        return name.first?.isNumber ?? true ? "_" + name : name
    }

    private static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.map { "\(name($0.0))=\"\(escaped($0.1))\"" }.joined(separator: ",")
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars.prefix(200) {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension PrometheusRegistry: MetricsFactory {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter)
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        series(label, dimensions, aggregate ? .histogram : .gauge)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, .histogram)
    }

    package func destroyCounter(_ handler: any CounterHandler) {}

    package func destroyRecorder(_ handler: any RecorderHandler) {}

    package func destroyMeter(_ handler: any MeterHandler) {}

    package func destroyTimer(_ handler: any TimerHandler) {}
}
