import Alerts
import FrontlineProtocol

// Conversions between enumerations of the wire and of the alert desk.

extension Severity {
    /// Creates the severity from its wire form.
    init(_ severity: AlertSeverity) {
        switch severity {
        case .info: self = .info
        case .warning: self = .warning
        case .critical: self = .critical
        }
    }
}

extension AlertSeverity {
    /// Creates the wire form of a severity.
    init(_ severity: Severity) {
        switch severity {
        case .info: self = .info
        case .warning: self = .warning
        case .critical: self = .critical
        }
    }
}

extension Alert.Status {
    /// Creates the status from its wire form.
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
    /// Creates the wire form of a status.
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
    /// Creates the outcome from its wire form.
    init(_ outcome: AlertOutcome) {
        switch outcome {
        case .helped: self = .helped
        case .noAction: self = .noAction
        case .falseAlarm: self = .falseAlarm
        }
    }
}

extension AlertOutcome {
    /// Creates the wire form of an outcome.
    init(_ outcome: Alert.Outcome) {
        switch outcome {
        case .helped: self = .helped
        case .noAction: self = .noAction
        case .falseAlarm: self = .falseAlarm
        }
    }
}
