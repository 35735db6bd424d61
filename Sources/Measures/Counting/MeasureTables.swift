package import Storage

/// The tables of this module.
///
/// None of them contains data about customers.
package enum MeasureTables {
    package static let migrations = [
        Migration(
            "measures-1",
            [
                // From which day on which version of a measure counts.
                """
                CREATE TABLE measure_terms (
                    measure TEXT NOT NULL,
                    from_day BIGINT NOT NULL,
                    version BIGINT NOT NULL,
                    PRIMARY KEY (measure, from_day)
                )
                """,
                // What each record was counted as.
                """
                CREATE TABLE measure_records (
                    kind TEXT NOT NULL,
                    id TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    at_microseconds BIGINT NOT NULL,
                    conversation_id TEXT,
                    agent TEXT NOT NULL,
                    teams TEXT NOT NULL,
                    points TEXT NOT NULL,
                    PRIMARY KEY (kind, id)
                )
                """,
                "CREATE INDEX measure_records_by_day ON measure_records (kind, day)",
                // The sums of a day: numbers in ten-thousandths, squares in two parts (`SquareParts`).
                """
                CREATE TABLE measure_sums (
                    measure TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    agent TEXT NOT NULL,
                    teams TEXT NOT NULL,
                    place TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    n BIGINT NOT NULL,
                    total BIGINT NOT NULL,
                    squares_high BIGINT NOT NULL,
                    squares_low BIGINT NOT NULL,
                    weight BIGINT NOT NULL,
                    PRIMARY KEY (measure, day, agent, teams, place, version)
                )
                """,
                // How far records that were there before their measures have been counted.
                """
                CREATE TABLE measure_fills (
                    kind TEXT NOT NULL PRIMARY KEY,
                    position TEXT NOT NULL,
                    is_done BIGINT NOT NULL
                )
                """,
                "CREATE TABLE measure_settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
            ]
        )
    ]
}
