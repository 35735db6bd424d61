-- token fl_VwB8ghZdWuWyySPt0sQoSmLTpPEbqjJc24c6D_UPsYu
-- supervisor fl_acqgfCDv0oMXTlE2WyHbxTEMLEhgCM-g5SZIappvxqk
BEGIN TRANSACTION;
CREATE TABLE access_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    token_sha256 TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    roles TEXT NOT NULL,
    attributes TEXT NOT NULL,
    created_microseconds BIGINT NOT NULL,
    expires_microseconds BIGINT,
    revoked_microseconds BIGINT
);
INSERT INTO "access_tokens" VALUES('tok_f57f0a201bb8','cb23ffcf1eed99d940469e8cbd714c4a26f73b0efe3605878de2ed6ffb7518ac','karl','knowledge_manager','{}',1795917500289054,NULL,NULL);
INSERT INTO "access_tokens" VALUES('tok_f468d93869b6','05fcdce86ca201a3cb9e0e12c7ca3313615b7a86fb66536ee0c98848f5c6aa27','anna','agent','{"team":"north","tier":"1"}',1795917500488429,NULL,NULL);
INSERT INTO "access_tokens" VALUES('tok_92529e8fea9f','38732316e792b42a9139cca5a7db0577d7c1d8c2fd12c02a66a7c3b4fa3cb05a','olga','operations','{}',1795917500811140,NULL,NULL);
INSERT INTO "access_tokens" VALUES('tok_d88e7dfd8367','f2a0fe17e7579dc305001cfdf8cbe0129ec2a72edad597ab936664287c3436b0','berta','agent','{}',1795917500916841,NULL,NULL);
INSERT INTO "access_tokens" VALUES('tok_d2202893feff','5f7ce2799834adb8c76589108a9faf043833762e8e5c35c5ca16aa1db52f7564','sofia','supervisor','{}',1795917501016490,NULL,NULL);
CREATE TABLE alert_calls (
    subject TEXT NOT NULL PRIMARY KEY,
    since_microseconds BIGINT NOT NULL,
    calls BIGINT NOT NULL
);
INSERT INTO "alert_calls" VALUES('anna',1795917500667603,1);
CREATE TABLE alert_contacts (
    conversation_id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL
);
INSERT INTO "alert_contacts" VALUES('call-1','{"book":{"conditions":{},"raised":0},"required":{"steps":{}},"heard":{}}');
CREATE TABLE alert_events (
    cursor BIGINT NOT NULL PRIMARY KEY,
    alert_id TEXT NOT NULL,
    event TEXT NOT NULL,
    at_microseconds BIGINT NOT NULL,
    content TEXT NOT NULL
);
INSERT INTO "alert_events" VALUES(1,'al-1','raised',1795917500667603,'{"id":"al-1","number":1,"cursor":1,"kind":"help","severity":"warning","status":"open","subject":{"type":"conversation","id":"call-1"},"conversation":"call-1","agent":"anna","teams":["north"],"customer":"c-1","reason":"Please.","because":["asked for by anna"],"summary":"Came with: “This is the third time I call, I am furious!”","count":1,"raised_at":1795917500667603,"updated_at":1795917500667603,"is_muted":false,"escalates_at":1795917620667603,"is_escalated":false,"expires_at":1796003900667603}');
CREATE TABLE alert_teams (
    alert_id TEXT NOT NULL,
    team TEXT NOT NULL,
    PRIMARY KEY (alert_id, team)
);
INSERT INTO "alert_teams" VALUES('al-1','north');
CREATE TABLE alerts (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    severity BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject_type TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    conversation_id TEXT,
    agent TEXT,
    customer_id TEXT,
    alert_group TEXT,
    outcome TEXT,
    raised_microseconds BIGINT NOT NULL,
    due_microseconds BIGINT,
    content TEXT NOT NULL
);
INSERT INTO "alerts" VALUES('al-1',1,'open',1,'help','conversation','call-1','call-1','anna','c-1',NULL,NULL,1795917500667603,1795917620667603,'{"id":"al-1","number":1,"cursor":1,"kind":"help","severity":"warning","status":"open","subject":{"type":"conversation","id":"call-1"},"conversation":"call-1","agent":"anna","teams":["north"],"customer":"c-1","reason":"Please.","because":["asked for by anna"],"summary":"Came with: “This is the third time I call, I am furious!”","count":1,"raised_at":1795917500667603,"updated_at":1795917500667603,"is_muted":false,"escalates_at":1795917620667603,"is_escalated":false,"expires_at":1796003900667603}');
CREATE TABLE article_feedback (
    feedback_id BIGINT NOT NULL PRIMARY KEY,
    at_microseconds BIGINT NOT NULL,
    article_id TEXT NOT NULL,
    locale TEXT NOT NULL,
    verdict TEXT NOT NULL,
    subject TEXT NOT NULL,
    query_id TEXT,
    conversation_id TEXT
);
INSERT INTO "article_feedback" VALUES(1,1795917500624915,'late-parcel','en','used','anna','qry_w1ugbt77st1s',NULL);
INSERT INTO "article_feedback" VALUES(2,1795917500627845,'late-parcel','en','outdated','anna',NULL,NULL);
CREATE TABLE article_issues (
    issue_id TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL,
    locale TEXT NOT NULL,
    verdict TEXT NOT NULL,
    status TEXT NOT NULL,
    reports BIGINT NOT NULL,
    comments TEXT NOT NULL,
    opened_microseconds BIGINT NOT NULL,
    last_microseconds BIGINT NOT NULL,
    outcome TEXT,
    resolved_by TEXT,
    resolved_microseconds BIGINT
);
INSERT INTO "article_issues" VALUES('iss_1','late-parcel','en','outdated','open',1,'the form has changed',1795917500627845,1795917500627845,NULL,NULL,NULL);
CREATE TABLE article_tags (
    id TEXT NOT NULL,
    locale TEXT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (tag, id, locale)
);
CREATE TABLE article_uses (
    id TEXT NOT NULL,
    locale TEXT NOT NULL,
    uses BIGINT NOT NULL,
    last_microseconds BIGINT NOT NULL,
    PRIMARY KEY (id, locale)
);
INSERT INTO "article_uses" VALUES('late-parcel','en',1,1795917500624915);
CREATE TABLE article_votes (
    article_id TEXT NOT NULL,
    locale TEXT NOT NULL,
    subject TEXT NOT NULL,
    day BIGINT NOT NULL,
    weight BIGINT NOT NULL,
    PRIMARY KEY (article_id, locale, subject, day)
);
INSERT INTO "article_votes" VALUES('late-parcel','en','anna',20786,-1);
CREATE TABLE articles (
    id TEXT NOT NULL,
    locale TEXT NOT NULL,
    number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    imported_sha256 TEXT,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    audience TEXT NOT NULL,
    restrictions TEXT NOT NULL,
    title TEXT NOT NULL,
    valid_from_microseconds BIGINT,
    valid_until_microseconds BIGINT,
    updated_microseconds BIGINT NOT NULL,
    PRIMARY KEY (id, locale)
);
INSERT INTO "articles" VALUES('late-parcel','en',1,2,'79893f931668cf43078a65d740c41884c03199923e834bb60dbd11148b285051','79893f931668cf43078a65d740c41884c03199923e834bb60dbd11148b285051','local','published','agent','','My parcel is late',NULL,NULL,1795917500370130);
INSERT INTO "articles" VALUES('dead-pixel','en',2,1,'4590abbf5181f3cdcc90966b9e968ab30721e0025b352d97295aa94e55631061','4590abbf5181f3cdcc90966b9e968ab30721e0025b352d97295aa94e55631061','local','published','supervisor','','Dead pixels',NULL,NULL,1795917500375310);
INSERT INTO "articles" VALUES('old-fee','en',3,2,'2239138b7fb06ea425cfa7d140e54518dab8595cd0de29e5aed5b3964acf03bd','8344d1f93cb0b2fc86cd93438a63f0746e82f395d7352ec51039e104436f4c79','local','retired','agent','','Restocking fee',NULL,NULL,1795917500383247);
CREATE TABLE assist_feedback (
    conversation_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    target TEXT NOT NULL,
    verdict TEXT NOT NULL,
    article_id TEXT,
    at_microseconds BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, subject, target, verdict)
);
CREATE TABLE assist_suggestions (
    conversation_id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    fit DOUBLE PRECISION NOT NULL,
    turn BIGINT NOT NULL,
    dismissed BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, article_id)
);
INSERT INTO "assist_suggestions" VALUES('call-1','late-parcel',2.7241267798298349767e+00,1,0);
CREATE TABLE audit_entries (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at_microseconds BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    before_hash TEXT,
    after_hash TEXT,
    details TEXT,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO "audit_entries" VALUES(1,1795917500289054,'command line','access.create_token','tok_f57f0a201bb8',NULL,NULL,NULL,'','b9b2a444bba7fc8eaab4f51ec429db4915b7dc906eddd4969ff8c5403203b142');
INSERT INTO "audit_entries" VALUES(2,1795917500356199,'karl','knowledge.import','en/late-parcel',NULL,'8261c692075944a234c8ec1d554fb0e3718a3e97e2f089604d171a12e55dfab8','local','b9b2a444bba7fc8eaab4f51ec429db4915b7dc906eddd4969ff8c5403203b142','6f20dd0ca7d1f7c253fe5fea6844723e391b578a359c17497ef73125bc19ab68');
INSERT INTO "audit_entries" VALUES(3,1795917500370130,'karl','knowledge.import','en/late-parcel','8261c692075944a234c8ec1d554fb0e3718a3e97e2f089604d171a12e55dfab8','79893f931668cf43078a65d740c41884c03199923e834bb60dbd11148b285051','local','6f20dd0ca7d1f7c253fe5fea6844723e391b578a359c17497ef73125bc19ab68','7cae59ec5992b87a9244db9904d0b9fa489a06358b8b9e64d538b86321f991b2');
INSERT INTO "audit_entries" VALUES(4,1795917500375310,'karl','knowledge.import','en/dead-pixel',NULL,'4590abbf5181f3cdcc90966b9e968ab30721e0025b352d97295aa94e55631061','local','7cae59ec5992b87a9244db9904d0b9fa489a06358b8b9e64d538b86321f991b2','0a43064a20c3e0210ce41915e5b613c3de21e754bd4476c9bc0ed49b9fb35a6a');
INSERT INTO "audit_entries" VALUES(5,1795917500379139,'karl','knowledge.import','en/old-fee',NULL,'8344d1f93cb0b2fc86cd93438a63f0746e82f395d7352ec51039e104436f4c79','local','0a43064a20c3e0210ce41915e5b613c3de21e754bd4476c9bc0ed49b9fb35a6a','474846986b4de1d701fe22b923152187fc9d0a818192b3e713c63f9dae7bb4ce');
INSERT INTO "audit_entries" VALUES(6,1795917500383247,'karl','knowledge.retire','en/old-fee','8344d1f93cb0b2fc86cd93438a63f0746e82f395d7352ec51039e104436f4c79','2239138b7fb06ea425cfa7d140e54518dab8595cd0de29e5aed5b3964acf03bd','no longer charged','474846986b4de1d701fe22b923152187fc9d0a818192b3e713c63f9dae7bb4ce','c44e1a977f834f311984f974cb5ed3f08b9c752d7c2f31ab8a8b6e75f8ca8b97');
INSERT INTO "audit_entries" VALUES(7,1795917500488429,'command line','access.create_token','tok_f468d93869b6',NULL,NULL,NULL,'c44e1a977f834f311984f974cb5ed3f08b9c752d7c2f31ab8a8b6e75f8ca8b97','bdaa6877e44c275219aaf45c65ce5eac47cb262702a68024ff8b891d5f8841a1');
INSERT INTO "audit_entries" VALUES(8,1795917500632142,'anna','conversation.open','call-1',NULL,NULL,NULL,'bdaa6877e44c275219aaf45c65ce5eac47cb262702a68024ff8b891d5f8841a1','8e1d5f10b7f838e1135a8de6602bd9b666e979d60913c3f846198f37f786b109');
INSERT INTO "audit_entries" VALUES(9,1795917500667603,'anna','alerts.raise','al-1',NULL,NULL,NULL,'8e1d5f10b7f838e1135a8de6602bd9b666e979d60913c3f846198f37f786b109','519065a50c7dc55c8b29c58f7a517a6f617ab06615474d87bd09d678c83b5b1c');
INSERT INTO "audit_entries" VALUES(10,1795917500811140,'command line','access.create_token','tok_92529e8fea9f',NULL,NULL,NULL,'519065a50c7dc55c8b29c58f7a517a6f617ab06615474d87bd09d678c83b5b1c','c0c07b92035a4980271be0a88c5db51d1db015bb7b592d7ac4c41d336cac5d0d');
INSERT INTO "audit_entries" VALUES(11,1795917500833997,'olga','policy.publish','half',NULL,'1e35f51a77d30d43beefe4397407620368caa8afc1905e9a672ce5ecbdec3b9e',NULL,'c0c07b92035a4980271be0a88c5db51d1db015bb7b592d7ac4c41d336cac5d0d','4b81d77103a18bfde8aecd0faa30329d965131aa89475abac865e74b8a53bc8f');
INSERT INTO "audit_entries" VALUES(12,1795917500839274,'olga','policy.publish','half','1e35f51a77d30d43beefe4397407620368caa8afc1905e9a672ce5ecbdec3b9e','4ae0cf9a9c0b29a293d5ad12e74ae01cefb02285504ef77802e66af5fda551d7',NULL,'4b81d77103a18bfde8aecd0faa30329d965131aa89475abac865e74b8a53bc8f','402d2857bf48c1bd94a0d05d019d07764b362a4cac936630a2dadc6a040850ee');
INSERT INTO "audit_entries" VALUES(13,1795917500916841,'command line','access.create_token','tok_d88e7dfd8367',NULL,NULL,NULL,'402d2857bf48c1bd94a0d05d019d07764b362a4cac936630a2dadc6a040850ee','c63079246972ad7a41ac415c87d7ba7cd8a1a2de965eecc7a5539159e70233ba');
INSERT INTO "audit_entries" VALUES(14,1795917501016490,'command line','access.create_token','tok_d2202893feff',NULL,NULL,NULL,'c63079246972ad7a41ac415c87d7ba7cd8a1a2de965eecc7a5539159e70233ba','52fe21bebde75f9e302af1dc53156273ddc0c5fd15a4608a9f16aa26ea3860de');
CREATE TABLE audit_head (
    name TEXT NOT NULL PRIMARY KEY,
    entries BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO "audit_head" VALUES('head',14,'52fe21bebde75f9e302af1dc53156273ddc0c5fd15a4608a9f16aa26ea3860de');
CREATE TABLE changes (
    topic TEXT NOT NULL,
    key TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (topic, key)
);
INSERT INTO "changes" VALUES('articles','en/late-parcel',7);
INSERT INTO "changes" VALUES('articles','en/dead-pixel',3);
INSERT INTO "changes" VALUES('articles','en/old-fee',5);
CREATE TABLE conversation_events (
    cursor_number BIGINT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    agents TEXT NOT NULL,
    teams TEXT NOT NULL,
    at_microseconds BIGINT NOT NULL
);
INSERT INTO "conversation_events" VALUES(1,'call-1','turn','{"turn":1,"sentiment":{"status":"scored","score":-0.277,"label":"slightly_negative","because":[{"text":"late","weight":-0.228}]},"mood":{"now":-0.097,"trend":-0.082,"lowest":-0.097,"negative_streak":1},"signals":[],"suggestions":[{"article_id":"late-parcel","title":"My parcel is late","snippet":"Look at the last promised day, then ask the carrier.","score":0.993,"because":"The customer''s words: its title has “parcel”, “late” (67 % of what was said)","locale":"en"}],"actions":[{"action_id":"1:open_article:late-parcel","kind":"open_article","title":"Open “My parcel is late”","target":{"article_id":"late-parcel"},"score":0.844,"because":"The customer''s words: its title has “parcel”, “late” (67 % of what was said)"}],"alerts":[]}','anna','north',1795917500639653);
INSERT INTO "conversation_events" VALUES(2,'call-1','turn','{"turn":2,"sentiment":{"status":"scored","score":-0.698,"label":"very_negative","because":[{"text":"furious","weight":-0.503},{"text":"third time","weight":-0.138}]},"mood":{"now":-0.307,"trend":-0.249,"lowest":-0.307,"negative_streak":2},"signals":[],"suggestions":[],"actions":[{"action_id":"2:say:apologise","kind":"say","title":"Apologise, and say what happens next","score":0.644,"because":"The last 2 turns of the customer were negative"}],"alerts":[]}','anna','north',1795917500648546);
INSERT INTO "conversation_events" VALUES(3,'call-1','alert','{"alert_id":"al-1","cursor":"1","kind":"help","severity":"warning","status":"open","subject":{"type":"conversation","id":"call-1"},"conversation_id":"call-1","agent":"anna","team":"north","reason":"Please.","because":["asked for by anna"],"summary":"Came with: “This is the third time I call, I am furious!”","count":1,"raised_at":"2026-11-29T01:58:20.667603Z","updated_at":"2026-11-29T01:58:20.667603Z"}','anna','north',1795917500667603);
CREATE TABLE conversation_external_ids (
    conversation_number BIGINT NOT NULL,
    name TEXT NOT NULL,
    external_id TEXT NOT NULL,
    PRIMARY KEY (conversation_number, name)
);
CREATE TABLE conversation_owners (
    conversation_number BIGINT NOT NULL,
    position BIGINT NOT NULL,
    agent TEXT,
    teams TEXT NOT NULL,
    since_microseconds BIGINT NOT NULL,
    given_by TEXT NOT NULL,
    on_behalf_of TEXT,
    reason TEXT,
    note TEXT,
    PRIMARY KEY (conversation_number, position)
);
INSERT INTO "conversation_owners" VALUES(1,1,'anna','north',1795917500632142,'anna',NULL,NULL,NULL);
CREATE TABLE conversation_teams (
    team TEXT NOT NULL,
    conversation_number BIGINT NOT NULL,
    PRIMARY KEY (team, conversation_number)
);
INSERT INTO "conversation_teams" VALUES('north',1);
CREATE TABLE conversations (
    number BIGINT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    agent TEXT,
    teams TEXT NOT NULL,
    customer_id TEXT,
    profile TEXT NOT NULL,
    opened_microseconds BIGINT NOT NULL,
    closed_microseconds BIGINT,
    last_microseconds BIGINT NOT NULL,
    disposition TEXT,
    turns BIGINT NOT NULL,
    mood TEXT NOT NULL,
    summary TEXT NOT NULL,
    mood_start DOUBLE PRECISION,
    mood_end DOUBLE PRECISION,
    forgotten BIGINT NOT NULL
);
INSERT INTO "conversations" VALUES(1,'call-1','voice','anna','north','c-1','{"customer":{"id":"c-1","segment":"new"},"external_ids":{},"tags":[]}',1795917500632142,NULL,1795917500648546,NULL,2,'{"now":-0.30699210226535795,"lowest":-0.30699210226535795,"start":-0.09699210226535797,"negative_streak":2,"customer_turns":2,"scored_turns":2,"agent_turns":0,"agent_level":0.0,"red_microseconds":0,"slow":-0.05841530837863683,"held":-0.0006293028593064021,"latest":1795917500648546}','{"concern":"This is the third time I call, I am furious!","strongest":"This is the third time I call, I am furious!","strongest_score":-0.6976214051246643,"latest":"This is the third time I call, I am furious!"}',-9.69921022653579684158e-02,-3.06992102265357946766e-01,0);
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO "counters" VALUES('tokens',5);
INSERT INTO "counters" VALUES('articles',3);
INSERT INTO "counters" VALUES('changes',7);
INSERT INTO "counters" VALUES('feedback',2);
INSERT INTO "counters" VALUES('issues',1);
INSERT INTO "counters" VALUES('conversations',1);
INSERT INTO "counters" VALUES('conversation_events',3);
INSERT INTO "counters" VALUES('alerts',1);
INSERT INTO "counters" VALUES('alert_events',1);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('storage-1');
INSERT INTO "grdb_migrations" VALUES('audit-1');
INSERT INTO "grdb_migrations" VALUES('access-1');
INSERT INTO "grdb_migrations" VALUES('access-2');
INSERT INTO "grdb_migrations" VALUES('versioning-1');
INSERT INTO "grdb_migrations" VALUES('versioning-taken-files-1');
INSERT INTO "grdb_migrations" VALUES('knowledge-1');
INSERT INTO "grdb_migrations" VALUES('knowledge-2');
INSERT INTO "grdb_migrations" VALUES('knowledge-3');
INSERT INTO "grdb_migrations" VALUES('conversations-1');
INSERT INTO "grdb_migrations" VALUES('alerts-1');
INSERT INTO "grdb_migrations" VALUES('resolution-1');
INSERT INTO "grdb_migrations" VALUES('assist-1');
INSERT INTO "grdb_migrations" VALUES('versioning-rollout-1');
INSERT INTO "grdb_migrations" VALUES('scripting-1');
CREATE TABLE live_versions (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (kind, id)
);
INSERT INTO "live_versions" VALUES('article','en/late-parcel',2);
INSERT INTO "live_versions" VALUES('article','en/dead-pixel',1);
INSERT INTO "live_versions" VALUES('article','en/old-fee',2);
INSERT INTO "live_versions" VALUES('policy','half',2);
CREATE TABLE resolution_events (
    sequence BIGINT NOT NULL PRIMARY KEY,
    resolution_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT,
    at_microseconds BIGINT NOT NULL,
    note TEXT
);
CREATE TABLE resolution_releases (
    sum_key TEXT NOT NULL,
    level BIGINT NOT NULL,
    bucket BIGINT NOT NULL,
    total BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    PRIMARY KEY (sum_key, level, bucket)
);
CREATE TABLE resolution_secrets (
    name TEXT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL
);
CREATE TABLE resolution_sums (
    sum_key TEXT NOT NULL,
    at_microseconds BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    total BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    PRIMARY KEY (sum_key, at_microseconds, sequence)
);
CREATE TABLE resolution_teams (
    team TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (team, sequence)
);
CREATE TABLE resolutions (
    resolution_id TEXT NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    person TEXT,
    idempotency_key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    customer_hash TEXT,
    customer_id TEXT,
    conversation_id TEXT,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    currency TEXT,
    minor_units BIGINT,
    approver_tier BIGINT,
    channel TEXT,
    teams TEXT NOT NULL,
    created_microseconds BIGINT NOT NULL,
    expires_microseconds BIGINT,
    decided_microseconds BIGINT,
    decided_by TEXT,
    note TEXT,
    policy_version BIGINT NOT NULL,
    policy_sha256 TEXT NOT NULL,
    verdict TEXT NOT NULL,
    facts TEXT NOT NULL,
    personal TEXT,
    scopes TEXT NOT NULL,
    settlement TEXT,
    approver_keys TEXT,
    UNIQUE (requested_by, idempotency_key)
);
CREATE TABLE script_deviations (
    session_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    step TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_microseconds BIGINT NOT NULL,
    PRIMARY KEY (session_id, number)
);
CREATE TABLE script_events (
    session_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    at_microseconds BIGINT NOT NULL,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (session_id, number)
);
CREATE TABLE script_resolutions (
    resolution_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    ticket BIGINT NOT NULL,
    PRIMARY KEY (resolution_id, session_id)
);
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
);
CREATE TABLE script_visits (
    session_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    step TEXT NOT NULL,
    entered_microseconds BIGINT NOT NULL,
    left_microseconds BIGINT,
    left_by TEXT,
    PRIMARY KEY (session_id, number)
);
CREATE TABLE searches (
    query_id TEXT NOT NULL PRIMARY KEY,
    at_microseconds BIGINT NOT NULL,
    locale TEXT NOT NULL,
    query TEXT NOT NULL,
    words TEXT NOT NULL,
    hits BIGINT NOT NULL,
    conversation_id TEXT
);
INSERT INTO "searches" VALUES('qry_w1ugbt77st1s',1795917500504476,'en','parcel late','late parcel',1,NULL);
INSERT INTO "searches" VALUES('qry_6kuvqf6u4sbh',1795917500630247,'en','quokka food','food quokka',0,NULL);
CREATE TABLE taken_files (
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (kind, path)
);
CREATE TABLE turns (
    conversation_number BIGINT NOT NULL,
    number BIGINT NOT NULL,
    turn_id TEXT,
    speaker TEXT NOT NULL,
    speaker_id TEXT,
    text TEXT NOT NULL,
    fingerprint TEXT,
    at_microseconds BIGINT NOT NULL,
    locale TEXT,
    score DOUBLE PRECISION,
    sent_by TEXT NOT NULL,
    on_behalf_of TEXT,
    answer TEXT NOT NULL,
    PRIMARY KEY (conversation_number, number)
);
INSERT INTO "turns" VALUES(1,1,'t0','customer',NULL,'My parcel is late.',NULL,1795917500639653,NULL,-2.77120292186737060546e-01,'anna',NULL,'{"turn":1,"sentiment":{"status":"scored","score":-0.277,"label":"slightly_negative","because":[{"text":"late","weight":-0.228}]},"mood":{"now":-0.097,"trend":-0.082,"lowest":-0.097,"negative_streak":1},"signals":[],"suggestions":[{"article_id":"late-parcel","title":"My parcel is late","snippet":"Look at the last promised day, then ask the carrier.","score":0.993,"because":"The customer''s words: its title has “parcel”, “late” (67 % of what was said)","locale":"en"}],"actions":[{"action_id":"1:open_article:late-parcel","kind":"open_article","title":"Open “My parcel is late”","target":{"article_id":"late-parcel"},"score":0.844,"because":"The customer''s words: its title has “parcel”, “late” (67 % of what was said)"}],"alerts":[]}');
INSERT INTO "turns" VALUES(1,2,'t1','customer',NULL,'This is the third time I call, I am furious!',NULL,1795917500648546,NULL,-6.9762140512466430664e-01,'anna',NULL,'{"turn":2,"sentiment":{"status":"scored","score":-0.698,"label":"very_negative","because":[{"text":"furious","weight":-0.503},{"text":"third time","weight":-0.138}]},"mood":{"now":-0.307,"trend":-0.249,"lowest":-0.307,"negative_streak":2},"signals":[],"suggestions":[],"actions":[{"action_id":"2:say:apologise","kind":"say","title":"Apologise, and say what happens next","score":0.644,"because":"The last 2 turns of the customer were negative"}],"alerts":[]}');
CREATE TABLE version_rollouts (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    height BIGINT NOT NULL,
    share BIGINT NOT NULL,
    teams TEXT,
    PRIMARY KEY (kind, id, version)
);
CREATE TABLE version_withdrawals (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    at_microseconds BIGINT NOT NULL,
    withdrawn_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (kind, id, version)
);
CREATE TABLE versions (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL,
    created_microseconds BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (kind, id, version)
);
INSERT INTO "versions" VALUES('article','en/late-parcel',1,'8261c692075944a234c8ec1d554fb0e3718a3e97e2f089604d171a12e55dfab8','<article xmlns="urn:frontline:knowledge:1" id="late-parcel" locale="en" status="published" audience="agent">
<title>My parcel is late</title>
<section kind="body"><p>Look at the promised day.</p></section>
</article>
',1795917500356199,'karl',NULL);
INSERT INTO "versions" VALUES('article','en/late-parcel',2,'79893f931668cf43078a65d740c41884c03199923e834bb60dbd11148b285051','<article xmlns="urn:frontline:knowledge:1" id="late-parcel" locale="en" status="published" audience="agent">
<title>My parcel is late</title>
<section kind="body"><p>Look at the last promised day, then ask the carrier.</p></section>
</article>
',1795917500370130,'karl','imported again from local');
INSERT INTO "versions" VALUES('article','en/dead-pixel',1,'4590abbf5181f3cdcc90966b9e968ab30721e0025b352d97295aa94e55631061','<article xmlns="urn:frontline:knowledge:1" id="dead-pixel" locale="en" status="published" audience="supervisor">
<title>Dead pixels</title>
<section kind="body"><p>Three are a defect.</p></section>
</article>
',1795917500375310,'karl',NULL);
INSERT INTO "versions" VALUES('article','en/old-fee',1,'8344d1f93cb0b2fc86cd93438a63f0746e82f395d7352ec51039e104436f4c79','<article xmlns="urn:frontline:knowledge:1" id="old-fee" locale="en" status="published" audience="agent">
<title>Restocking fee</title>
<section kind="body"><p>Nineteen euros.</p></section>
</article>
',1795917500379139,'karl',NULL);
INSERT INTO "versions" VALUES('article','en/old-fee',2,'2239138b7fb06ea425cfa7d140e54518dab8595cd0de29e5aed5b3964acf03bd','<article xmlns="urn:frontline:knowledge:1" id="old-fee" locale="en" status="retired" audience="agent">
<title>Restocking fee</title>
<section kind="body"><p>Nineteen euros.</p></section>
</article>
',1795917500383247,'karl','no longer charged');
INSERT INTO "versions" VALUES('policy','half',1,'1e35f51a77d30d43beefe4397407620368caa8afc1905e9a672ce5ecbdec3b9e','<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="urn:test">
<inputData id="i" name="amount"><variable name="amount" typeRef="number"/></inputData>
<decision id="half" name="half"><variable name="half" typeRef="number"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>amount / 3</text></literalExpression></decision></definitions>',1795917500833997,'olga',NULL);
INSERT INTO "versions" VALUES('policy','half',2,'4ae0cf9a9c0b29a293d5ad12e74ae01cefb02285504ef77802e66af5fda551d7','<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="urn:test">
<inputData id="i" name="amount"><variable name="amount" typeRef="number"/></inputData>
<decision id="half" name="half"><variable name="half" typeRef="number"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>amount / 2</text></literalExpression></decision></definitions>',1795917500839274,'olga',NULL);
CREATE UNIQUE INDEX changes_by_sequence ON changes (topic, sequence);
CREATE INDEX access_tokens_by_subject ON access_tokens (subject);
CREATE INDEX articles_by_source ON articles (source);
CREATE INDEX articles_by_number ON articles (number);
CREATE INDEX article_tags_by_article ON article_tags (id, locale);
CREATE INDEX searches_by_time ON searches (at_microseconds);
CREATE INDEX article_feedback_by_query ON article_feedback (query_id);
CREATE INDEX article_issues_by_article ON article_issues (article_id, locale, verdict, status);
CREATE INDEX searches_by_conversation ON searches (conversation_id);
CREATE INDEX article_feedback_by_conversation ON article_feedback (conversation_id);
CREATE INDEX article_feedback_by_time ON article_feedback (at_microseconds);
CREATE INDEX conversations_by_agent ON conversations (agent, number);
CREATE INDEX conversations_by_customer ON conversations (customer_id, number);
CREATE INDEX conversations_by_opening ON conversations (opened_microseconds);
CREATE INDEX conversations_by_age ON conversations (forgotten, last_microseconds);
CREATE INDEX conversation_teams_by_conversation ON conversation_teams (conversation_number);
CREATE INDEX conversation_external_ids_by_id ON conversation_external_ids (external_id);
CREATE UNIQUE INDEX turns_by_id ON turns (conversation_number, turn_id);
CREATE INDEX conversation_events_by_conversation ON conversation_events (conversation_id);
CREATE INDEX alerts_by_subject ON alerts (subject_type, subject_id, kind);
CREATE INDEX alerts_by_conversation ON alerts (conversation_id, number);
CREATE INDEX alerts_by_customer ON alerts (customer_id);
CREATE INDEX alerts_by_group ON alerts (alert_group, raised_microseconds);
CREATE INDEX alerts_by_status ON alerts (status, number);
CREATE INDEX alerts_by_agent ON alerts (agent, number);
CREATE INDEX alerts_by_due ON alerts (due_microseconds);
CREATE INDEX alerts_by_raised ON alerts (raised_microseconds);
CREATE INDEX alert_events_by_alert ON alert_events (alert_id);
CREATE INDEX resolutions_by_subject ON resolutions (requested_by, sequence);
CREATE INDEX resolutions_by_customer ON resolutions (customer_hash, sequence);
CREATE INDEX resolutions_by_conversation ON resolutions (conversation_id, sequence);
CREATE INDEX resolutions_by_status ON resolutions (status, sequence);
CREATE INDEX resolutions_by_expiry ON resolutions (status, expires_microseconds);
CREATE INDEX resolutions_by_time ON resolutions (created_microseconds);
CREATE INDEX resolution_events_by_request ON resolution_events (resolution_id, sequence);
CREATE INDEX assist_feedback_by_time ON assist_feedback (at_microseconds);
CREATE INDEX script_sessions_by_conversation ON script_sessions (conversation_id);
CREATE INDEX script_sessions_by_customer ON script_sessions (customer_id);
CREATE INDEX script_sessions_by_script ON script_sessions (script_id, started_microseconds);
CREATE INDEX script_sessions_by_start ON script_sessions (started_microseconds);
CREATE INDEX script_sessions_by_status ON script_sessions (status, touched_microseconds);
CREATE INDEX script_sessions_by_version ON script_sessions (script_id, version, status);
CREATE INDEX script_resolutions_by_session ON script_resolutions (session_id);
COMMIT;
