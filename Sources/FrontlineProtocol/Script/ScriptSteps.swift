// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ScriptStateGet: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var sessionId: String

        public init(sessionId: String) {
            self.sessionId = sessionId
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    public static let name = "script.state"
    public static let summary = "Answers where a session stands"
    public static let access = MethodAccess.sessionReaders
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    public static let parameters = [
        "session_id": "The session"
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}

public enum ScriptAdvance: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var sessionId: String
        public var revision: Int
        public var value: JSON?
        public var accept: Bool?
        public var turn: Int?

        public init(
            sessionId: String,
            revision: Int,
            value: JSON? = nil,
            accept: Bool? = nil,
            turn: Int? = nil
        ) {
            self.sessionId = sessionId
            self.revision = revision
            self.value = value
            self.accept = accept
            self.turn = turn
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    public static let name = "script.advance"
    public static let summary = "Answers the current step and goes on"
    public static let details = """
        Repeating the last accepted call answers its state; any other stale revision is a conflict, and
        nothing changes.
        """
    public static let access = MethodAccess.agents
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    public static let parameters = [
        "session_id": "The session",
        "revision": "The revision of the state that the caller has seen",
        "value":
            "The answer: a value of the type of the step, one of its choices, or what became of an action: {ok, result?, error?}",
        "accept":
            "Take what the state proposes as the answer, in place of a value; a conflict if it proposes nothing",
        "turn":
            "With `accept`: the turn of the proposal that was seen; a conflict if what is proposed comes from another. "
            + "A turn of the customer changes what is proposed without a new revision",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.revision, in: 0...Int(Int32.max), path: "params.revision")
        let accepts = params.accept == true
        if accepts, let value = params.value, !value.isNull {
            throw .invalidParams(path: "params.value", expected: "no value beside `accept`")
        }
        guard let turn = params.turn else { return }
        guard accepts else {
            throw .invalidParams(path: "params.turn", expected: "`accept` beside it")
        }
        try Limits.check(turn, in: 1...Int(Int32.max), path: "params.turn")
    }
}

public enum ScriptBack: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var sessionId: String
        public var revision: Int

        public init(sessionId: String, revision: Int) {
            self.sessionId = sessionId
            self.revision = revision
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    public static let name = "script.back"
    public static let summary = "Goes back one step and restores the variables"
    public static let details = """
        Repeating the last accepted call answers its state; any other stale revision is a conflict, and
        nothing changes.
        """
    public static let access = MethodAccess.agents
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    public static let parameters = [
        "session_id": "The session",
        "revision": "The revision of the state that the caller has seen",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.revision, in: 0...Int(Int32.max), path: "params.revision")
    }
}

public enum ScriptJump: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var sessionId: String
        public var revision: Int
        public var step: String
        public var reason: String

        public init(sessionId: String, revision: Int, step: String, reason: String) {
            self.sessionId = sessionId
            self.revision = revision
            self.step = step
            self.reason = reason
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    public static let name = "script.jump"
    public static let summary = "Jumps to another step; recorded as a deviation"
    public static let details = """
        Required steps cannot be jumped over without a supervisor. Repeating the last accepted call answers
        its state; any other stale revision is a conflict, and nothing changes.
        """
    public static let access = MethodAccess.agents
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    public static let parameters = [
        "session_id": "The session",
        "revision": "The revision of the state that the caller has seen",
        "step": "The step to go to",
        "reason": "Why; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.revision, in: 0...Int(Int32.max), path: "params.revision")
        try Limits.check(params.reason, path: "params.reason")
    }
}

public enum ScriptSkip: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var sessionId: String
        public var revision: Int
        public var reason: String

        public init(sessionId: String, revision: Int, reason: String) {
            self.sessionId = sessionId
            self.revision = revision
            self.reason = reason
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    public static let name = "script.skip"
    public static let summary = "Leaves the current step out; recorded as a deviation"
    public static let details = """
        A required step cannot be skipped without a supervisor. Repeating the last accepted call answers its
        state; any other stale revision is a conflict, and nothing changes.
        """
    public static let access = MethodAccess.agents
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    public static let parameters = [
        "session_id": "The session",
        "revision": "The revision of the state that the caller has seen",
        "reason": "Why; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.revision, in: 0...Int(Int32.max), path: "params.revision")
        try Limits.check(params.reason, path: "params.reason")
    }
}

public enum ScriptDetour: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var sessionId: String
        public var revision: Int
        public var scriptId: String
        public var reason: String

        public init(sessionId: String, revision: Int, scriptId: String, reason: String) {
            self.sessionId = sessionId
            self.revision = revision
            self.scriptId = scriptId
            self.reason = reason
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    public static let name = "script.detour"
    public static let summary = "Runs another script and then comes back to this step; recorded as a deviation"
    public static let details = """
        Repeating the last accepted call answers its state; any other stale revision is a conflict, and
        nothing changes.
        """
    public static let access = MethodAccess.agents
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    public static let parameters = [
        "session_id": "The session",
        "revision": "The revision of the state that the caller has seen",
        "script_id": "The other script",
        "reason": "Why; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.revision, in: 0...Int(Int32.max), path: "params.revision")
        try Limits.check(params.reason, path: "params.reason")
    }
}

public enum ScriptNote: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var sessionId: String
        public var text: String

        public init(sessionId: String, text: String) {
            self.sessionId = sessionId
            self.text = text
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    public static let name = "script.note"
    public static let summary = "Writes a note to the current step"
    public static let details = """
        The revision stays as it is.
        """
    public static let access = MethodAccess.agents
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    public static let parameters = [
        "session_id": "The session",
        "text": "The note; what identifies a person is taken out",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.text, path: "params.text")
    }
}

public enum ScriptAbandon: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var sessionId: String
        public var reason: String

        public init(sessionId: String, reason: String) {
            self.sessionId = sessionId
            self.reason = reason
        }
    }

    /// The session as it now is.
    public typealias Result = ScriptSessionState

    public static let name = "script.abandon"
    public static let summary = "Ends the session before its end"
    public static let details = """
        Abandoning an abandoned session answers its state.
        """
    public static let access = MethodAccess.agents
    public static var contacts: [ContactMember<Params>] { [.session(\.sessionId)] }
    public static let parameters = [
        "session_id": "The session",
        "reason": "Why; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}
