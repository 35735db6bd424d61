package import Storage

extension ScriptCatalog {
    /// The migrations that create this module's tables.
    package static let migrations = [
        Migration(
            "scripting-1",
            [
                """
                CREATE TABLE script_sessions (
                    session_id TEXT NOT NULL PRIMARY KEY,
                    script_id TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    status TEXT NOT NULL,
                    revision BIGINT NOT NULL,
                    generation BIGINT NOT NULL,
                    state TEXT NOT NULL,
                    agent TEXT,
                    teams TEXT NOT NULL,
                    conversation_id TEXT,
                    customer_id TEXT,
                    locale TEXT,
                    acting TEXT NOT NULL,
                    last_revision BIGINT,
                    last_call TEXT,
                    outcome TEXT,
                    started_microseconds BIGINT NOT NULL,
                    touched_microseconds BIGINT NOT NULL,
                    ended_microseconds BIGINT,
                    required_done BIGINT NOT NULL,
                    required_total BIGINT NOT NULL,
                    deviations BIGINT NOT NULL,
                    order_kept BIGINT NOT NULL,
                    visits BIGINT NOT NULL,
                    direct_path TEXT
                )
                """,
                "CREATE INDEX script_sessions_by_conversation ON script_sessions (conversation_id)",
                "CREATE INDEX script_sessions_by_customer ON script_sessions (customer_id)",
                "CREATE INDEX script_sessions_by_script ON script_sessions (script_id, started_microseconds)",
                "CREATE INDEX script_sessions_by_start ON script_sessions (started_microseconds)",
                "CREATE INDEX script_sessions_by_status ON script_sessions (status, touched_microseconds)",
                "CREATE INDEX script_sessions_by_version ON script_sessions (script_id, version, status)",
                """
                CREATE TABLE script_events (
                    session_id TEXT NOT NULL,
                    number BIGINT NOT NULL,
                    revision BIGINT NOT NULL,
                    at_microseconds BIGINT NOT NULL,
                    actor TEXT NOT NULL,
                    event TEXT NOT NULL,
                    PRIMARY KEY (session_id, number)
                )
                """,
                """
                CREATE TABLE script_visits (
                    session_id TEXT NOT NULL,
                    number BIGINT NOT NULL,
                    step TEXT NOT NULL,
                    entered_microseconds BIGINT NOT NULL,
                    left_microseconds BIGINT,
                    left_by TEXT,
                    PRIMARY KEY (session_id, number)
                )
                """,
                """
                CREATE TABLE script_deviations (
                    session_id TEXT NOT NULL,
                    number BIGINT NOT NULL,
                    step TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    at_microseconds BIGINT NOT NULL,
                    PRIMARY KEY (session_id, number)
                )
                """,
                """
                CREATE TABLE script_resolutions (
                    resolution_id TEXT NOT NULL,
                    session_id TEXT NOT NULL,
                    ticket BIGINT NOT NULL,
                    PRIMARY KEY (resolution_id, session_id)
                )
                """,
                "CREATE INDEX script_resolutions_by_session ON script_resolutions (session_id)",
            ]
        )
    ]
}
