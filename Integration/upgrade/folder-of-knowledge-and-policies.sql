-- token fl_BFUj4kXZNYBQCt8hYXW62G7ssPlGzJ2Rgyw6dB325nh
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
INSERT INTO "access_tokens" VALUES('tok_d593df5112e5','c33b2384bcfe56e33f46c5789fe72570bfb31bff73c63fa0b9af1aae9b534faa','karl','knowledge_manager','{}',1795271096638407,NULL,NULL);
INSERT INTO "access_tokens" VALUES('tok_f03857d9914c','8cf065e0d4f049054f3965f690ecffa218f52ad89b080b9171da9ebb7c0e6f25','anna','agent','{"team":"north","tier":"1"}',1795271096700086,NULL,NULL);
INSERT INTO "access_tokens" VALUES('tok_8eefd4e83e92','1a23f1d63b78f6da2641d1b90bbb32aa5010e1845f7b165dbec13418070d37fa','olga','operations','{}',1795271096814637,NULL,NULL);
INSERT INTO "access_tokens" VALUES('tok_d94352e47c16','f003b07b25a597c23531d7e48f159e41d90e36dde2da180961f4087836e83fd0','berta','agent','{}',1795271096876270,NULL,NULL);
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
INSERT INTO "article_feedback" VALUES(1,1795271096765426,'late-parcel','en','used','anna','qry_rdidet4vwccq',NULL);
INSERT INTO "article_feedback" VALUES(2,1795271096767379,'late-parcel','en','outdated','anna',NULL,NULL);
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
INSERT INTO "article_issues" VALUES('iss_1','late-parcel','en','outdated','open',1,'the form has changed',1795271096767379,1795271096767379,NULL,NULL,NULL);
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
INSERT INTO "article_uses" VALUES('late-parcel','en',1,1795271096765426);
CREATE TABLE article_votes (
    article_id TEXT NOT NULL,
    locale TEXT NOT NULL,
    subject TEXT NOT NULL,
    day BIGINT NOT NULL,
    weight BIGINT NOT NULL,
    PRIMARY KEY (article_id, locale, subject, day)
);
INSERT INTO "article_votes" VALUES('late-parcel','en','anna',20778,-1);
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
INSERT INTO "articles" VALUES('late-parcel','en',1,2,'79893f931668cf43078a65d740c41884c03199923e834bb60dbd11148b285051','79893f931668cf43078a65d740c41884c03199923e834bb60dbd11148b285051','local','published','agent','','My parcel is late',NULL,NULL,1795271096651450);
INSERT INTO "articles" VALUES('dead-pixel','en',2,1,'4590abbf5181f3cdcc90966b9e968ab30721e0025b352d97295aa94e55631061','4590abbf5181f3cdcc90966b9e968ab30721e0025b352d97295aa94e55631061','local','published','supervisor','','Dead pixels',NULL,NULL,1795271096653604);
INSERT INTO "articles" VALUES('old-fee','en',3,2,'2239138b7fb06ea425cfa7d140e54518dab8595cd0de29e5aed5b3964acf03bd','8344d1f93cb0b2fc86cd93438a63f0746e82f395d7352ec51039e104436f4c79','local','retired','agent','','Restocking fee',NULL,NULL,1795271096657219);
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
INSERT INTO "audit_entries" VALUES(1,1795271096638407,'command line','access.create_token','tok_d593df5112e5',NULL,NULL,NULL,'','a3ab68251c695da2153fd7bfde92fc2656e7fb632bd3c53b388e8b1b8eaaf921');
INSERT INTO "audit_entries" VALUES(2,1795271096646272,'karl','knowledge.import','en/late-parcel',NULL,'8261c692075944a234c8ec1d554fb0e3718a3e97e2f089604d171a12e55dfab8','local','a3ab68251c695da2153fd7bfde92fc2656e7fb632bd3c53b388e8b1b8eaaf921','9c0bba1313b4e9119cad1d23d825953420447680c3d5136afab42e06576dcbfb');
INSERT INTO "audit_entries" VALUES(3,1795271096651450,'karl','knowledge.import','en/late-parcel','8261c692075944a234c8ec1d554fb0e3718a3e97e2f089604d171a12e55dfab8','79893f931668cf43078a65d740c41884c03199923e834bb60dbd11148b285051','local','9c0bba1313b4e9119cad1d23d825953420447680c3d5136afab42e06576dcbfb','5a5cd165c8fb601aedfd2aeb4ae8a67be9cf78e257a9d94bf4827c1cddfd4543');
INSERT INTO "audit_entries" VALUES(4,1795271096653604,'karl','knowledge.import','en/dead-pixel',NULL,'4590abbf5181f3cdcc90966b9e968ab30721e0025b352d97295aa94e55631061','local','5a5cd165c8fb601aedfd2aeb4ae8a67be9cf78e257a9d94bf4827c1cddfd4543','e63ab8cb5a726b9dac16be0701e3823554b573164d5cb6524a48c6133466fc2d');
INSERT INTO "audit_entries" VALUES(5,1795271096655303,'karl','knowledge.import','en/old-fee',NULL,'8344d1f93cb0b2fc86cd93438a63f0746e82f395d7352ec51039e104436f4c79','local','e63ab8cb5a726b9dac16be0701e3823554b573164d5cb6524a48c6133466fc2d','f84b52cd3f40ba0e365a9edc707e7291eadeb71ef02957cf18e2452e212ae494');
INSERT INTO "audit_entries" VALUES(6,1795271096657219,'karl','knowledge.retire','en/old-fee','8344d1f93cb0b2fc86cd93438a63f0746e82f395d7352ec51039e104436f4c79','2239138b7fb06ea425cfa7d140e54518dab8595cd0de29e5aed5b3964acf03bd','no longer charged','f84b52cd3f40ba0e365a9edc707e7291eadeb71ef02957cf18e2452e212ae494','3815ae9665f537620f79e625fc08b71590c5f71043c6179124834c01a6af0ee9');
INSERT INTO "audit_entries" VALUES(7,1795271096700086,'command line','access.create_token','tok_f03857d9914c',NULL,NULL,NULL,'3815ae9665f537620f79e625fc08b71590c5f71043c6179124834c01a6af0ee9','114649212e5766964cec1056ec653d46bf1c68f5f2e671761a8f03369e9c81ba');
INSERT INTO "audit_entries" VALUES(8,1795271096814637,'command line','access.create_token','tok_8eefd4e83e92',NULL,NULL,NULL,'114649212e5766964cec1056ec653d46bf1c68f5f2e671761a8f03369e9c81ba','f81724c84ad35226142ef9eeb9c70b93dbf0d4b3fa80f9cdea25853fa4fa1b88');
INSERT INTO "audit_entries" VALUES(9,1795271096825570,'olga','policy.publish','half',NULL,'1e35f51a77d30d43beefe4397407620368caa8afc1905e9a672ce5ecbdec3b9e',NULL,'f81724c84ad35226142ef9eeb9c70b93dbf0d4b3fa80f9cdea25853fa4fa1b88','a318deceece2fdd5d2bd9a68f50d26ff123520e9e4954ca930f6b59d5c5bb615');
INSERT INTO "audit_entries" VALUES(10,1795271096833572,'olga','policy.publish','half','1e35f51a77d30d43beefe4397407620368caa8afc1905e9a672ce5ecbdec3b9e','4ae0cf9a9c0b29a293d5ad12e74ae01cefb02285504ef77802e66af5fda551d7',NULL,'a318deceece2fdd5d2bd9a68f50d26ff123520e9e4954ca930f6b59d5c5bb615','6c2577565d6d84cad9004ae2cef3542cf0019d2ac1a40b60363ff851ef1a6fc5');
INSERT INTO "audit_entries" VALUES(11,1795271096876270,'command line','access.create_token','tok_d94352e47c16',NULL,NULL,NULL,'6c2577565d6d84cad9004ae2cef3542cf0019d2ac1a40b60363ff851ef1a6fc5','aed162c71663c2003835a41288bfc40554a299ab23f03a893f3016b35ac8d39b');
CREATE TABLE audit_head (
    name TEXT NOT NULL PRIMARY KEY,
    entries BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO "audit_head" VALUES('head',11,'aed162c71663c2003835a41288bfc40554a299ab23f03a893f3016b35ac8d39b');
CREATE TABLE changes (
    topic TEXT NOT NULL,
    key TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (topic, key)
);
INSERT INTO "changes" VALUES('articles','en/late-parcel',7);
INSERT INTO "changes" VALUES('articles','en/dead-pixel',3);
INSERT INTO "changes" VALUES('articles','en/old-fee',5);
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO "counters" VALUES('tokens',4);
INSERT INTO "counters" VALUES('articles',3);
INSERT INTO "counters" VALUES('changes',7);
INSERT INTO "counters" VALUES('feedback',2);
INSERT INTO "counters" VALUES('issues',1);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('storage-1');
INSERT INTO "grdb_migrations" VALUES('audit-1');
INSERT INTO "grdb_migrations" VALUES('access-1');
INSERT INTO "grdb_migrations" VALUES('versioning-1');
INSERT INTO "grdb_migrations" VALUES('versioning-taken-files-1');
INSERT INTO "grdb_migrations" VALUES('knowledge-1');
INSERT INTO "grdb_migrations" VALUES('knowledge-2');
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
CREATE TABLE searches (
    query_id TEXT NOT NULL PRIMARY KEY,
    at_microseconds BIGINT NOT NULL,
    locale TEXT NOT NULL,
    query TEXT NOT NULL,
    words TEXT NOT NULL,
    hits BIGINT NOT NULL,
    conversation_id TEXT
);
INSERT INTO "searches" VALUES('qry_rdidet4vwccq',1795271096713056,'en','parcel late','late parcel',1,NULL);
INSERT INTO "searches" VALUES('qry_1o0utyebs2q4k',1795271096773152,'en','quokka food','food quokka',0,NULL);
CREATE TABLE taken_files (
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (kind, path)
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
',1795271096646272,'karl',NULL);
INSERT INTO "versions" VALUES('article','en/late-parcel',2,'79893f931668cf43078a65d740c41884c03199923e834bb60dbd11148b285051','<article xmlns="urn:frontline:knowledge:1" id="late-parcel" locale="en" status="published" audience="agent">
<title>My parcel is late</title>
<section kind="body"><p>Look at the last promised day, then ask the carrier.</p></section>
</article>
',1795271096651450,'karl','imported again from local');
INSERT INTO "versions" VALUES('article','en/dead-pixel',1,'4590abbf5181f3cdcc90966b9e968ab30721e0025b352d97295aa94e55631061','<article xmlns="urn:frontline:knowledge:1" id="dead-pixel" locale="en" status="published" audience="supervisor">
<title>Dead pixels</title>
<section kind="body"><p>Three are a defect.</p></section>
</article>
',1795271096653604,'karl',NULL);
INSERT INTO "versions" VALUES('article','en/old-fee',1,'8344d1f93cb0b2fc86cd93438a63f0746e82f395d7352ec51039e104436f4c79','<article xmlns="urn:frontline:knowledge:1" id="old-fee" locale="en" status="published" audience="agent">
<title>Restocking fee</title>
<section kind="body"><p>Nineteen euros.</p></section>
</article>
',1795271096655303,'karl',NULL);
INSERT INTO "versions" VALUES('article','en/old-fee',2,'2239138b7fb06ea425cfa7d140e54518dab8595cd0de29e5aed5b3964acf03bd','<article xmlns="urn:frontline:knowledge:1" id="old-fee" locale="en" status="retired" audience="agent">
<title>Restocking fee</title>
<section kind="body"><p>Nineteen euros.</p></section>
</article>
',1795271096657219,'karl','no longer charged');
INSERT INTO "versions" VALUES('policy','half',1,'1e35f51a77d30d43beefe4397407620368caa8afc1905e9a672ce5ecbdec3b9e','<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="urn:test">
<inputData id="i" name="amount"><variable name="amount" typeRef="number"/></inputData>
<decision id="half" name="half"><variable name="half" typeRef="number"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>amount / 3</text></literalExpression></decision></definitions>',1795271096825570,'olga',NULL);
INSERT INTO "versions" VALUES('policy','half',2,'4ae0cf9a9c0b29a293d5ad12e74ae01cefb02285504ef77802e66af5fda551d7','<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="urn:test">
<inputData id="i" name="amount"><variable name="amount" typeRef="number"/></inputData>
<decision id="half" name="half"><variable name="half" typeRef="number"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>amount / 2</text></literalExpression></decision></definitions>',1795271096833572,'olga',NULL);
CREATE UNIQUE INDEX changes_by_sequence ON changes (topic, sequence);
CREATE INDEX articles_by_source ON articles (source);
CREATE INDEX articles_by_number ON articles (number);
CREATE INDEX article_tags_by_article ON article_tags (id, locale);
CREATE INDEX searches_by_time ON searches (at_microseconds);
CREATE INDEX article_feedback_by_query ON article_feedback (query_id);
CREATE INDEX article_issues_by_article ON article_issues (article_id, locale, verdict, status);
COMMIT;
