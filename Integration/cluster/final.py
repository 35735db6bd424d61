"""What the database holds at the end of a run, as JSON for the checker; asked of the database itself, not of a node."""
import json

TABLES = {
    "resolutions": """
        SELECT resolution_id AS resolution, sequence, status, requested_by, customer_id AS customer, currency, minor_units,
            personal::json->'reference'->>'id' AS reference, facts::json->'history'->'customer'->>'total_30d' AS spent
        FROM resolutions ORDER BY sequence""",
    "entries": "SELECT sequence, resolution_id AS resolution, kind, at_microseconds AS at FROM resolution_events ORDER BY sequence",
    "alert_events": "SELECT cursor, alert_id AS alert, event FROM alert_events ORDER BY cursor",
    "alerts": "SELECT id AS alert, status FROM alerts ORDER BY number",
    "turns": """
        SELECT c.id AS conversation, t.number, t.turn_id, t.answer::json->'alerts' AS alerts FROM turns t
        JOIN conversations c ON c.number = t.conversation_number ORDER BY c.number, t.number""",
    "conversations": "SELECT id AS conversation FROM conversations ORDER BY number",
    "tokens": "SELECT subject, revoked_microseconds IS NOT NULL AS is_revoked FROM access_tokens ORDER BY subject",
    "audit": """
        SELECT sequence, at_microseconds AS at, actor, token_id, roles, system_user, on_behalf_of, action, target, before_hash,
            after_hash, details, text_sha256, text_length, previous_hash, hash, form FROM audit_entries ORDER BY sequence""",
    "epochs": "SELECT number, name FROM epochs ORDER BY number",
    "epoch_gaps": "SELECT epoch, counter, last_common, first_new FROM epoch_gaps ORDER BY epoch, counter",
    "audit_head": "SELECT entries, hash FROM audit_head WHERE name = 'head'",
}


def read(sql):
    """All tables, in one snapshot.

    - Parameter sql: runs statements and returns the lines of their rows.
    """
    parts = ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"]
    for name, query in TABLES.items():
        parts.append(f"SELECT '{name}'; SELECT row_to_json(r) FROM ({query}) r;")
    parts.append("COMMIT;")
    tables, rows = {}, []
    for line in sql("\n".join(parts)):
        if line in TABLES:
            rows = tables[line] = []
        else:
            rows.append(json.loads(line))
    return tables
