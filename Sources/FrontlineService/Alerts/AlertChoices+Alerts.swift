import Alerts
import FrontlineProtocol

// What the wire and the desk of alerts call by the same names.

extension Severity {
    /// The severity that the wire names.
    init(_ severity: AlertSeverity) {
        switch severity {
        case .info: self = .info
        case .warning: self = .warning
        case .critical: self = .critical
        }
    }
}

extension AlertSeverity {
    /// The severity as the wire names it.
    init(_ severity: Severity) {
        switch severity {
        case .info: self = .info
        case .warning: self = .warning
        case .critical: self = .critical
        }
    }
}

extension Alert.Status {
    /// The status that the wire names.
    init(_ status: AlertStatus) {
        switch status {
        case .open: self = .open
        case .acknowledged: self = .acknowledged
        case .resolved: self = .resolved
        case .expired: self = .expired
        }
    }
}

extension AlertStatus {
    /// The status as the wire names it.
    init(_ status: Alert.Status) {
        switch status {
        case .open: self = .open
        case .acknowledged: self = .acknowledged
        case .resolved: self = .resolved
        case .expired: self = .expired
        }
    }
}

extension Alert.Outcome {
    /// The outcome that the wire names.
    init(_ outcome: AlertOutcome) {
        switch outcome {
        case .helped: self = .helped
        case .noAction: self = .noAction
        case .falseAlarm: self = .falseAlarm
        }
    }
}

extension AlertOutcome {
    /// The outcome as the wire names it.
    init(_ outcome: Alert.Outcome) {
        switch outcome {
        case .helped: self = .helped
        case .noAction: self = .noAction
        case .falseAlarm: self = .falseAlarm
        }
    }
}
