-- The ledger's tables. A column a field of the domain type of the same name (attested.model); JSON for what is
-- nested. Offsets are Unicode code points into page.text. STRICT: a wrong type is refused, not coerced.

-- What one page gives: written as soon as the page is read, never changed while page.method stands.
CREATE TABLE page (
  id TEXT PRIMARY KEY, input TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, key TEXT, url TEXT,
  stated TEXT NOT NULL, blocks TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('read', 'set aside')), why TEXT,
  method TEXT NOT NULL
) STRICT;

CREATE TABLE report (
  id TEXT PRIMARY KEY, page_id TEXT NOT NULL REFERENCES page ON DELETE CASCADE,
  text TEXT NOT NULL, -- '' when it is the page's own text
  body TEXT NOT NULL, furniture TEXT NOT NULL, headline TEXT, outlet TEXT, agency TEXT, byline TEXT,
  dateline TEXT NOT NULL, credit_line TEXT NOT NULL, language TEXT NOT NULL, url TEXT, candidates TEXT NOT NULL
) STRICT;
CREATE INDEX report_by_page ON report (page_id);

CREATE TABLE outline (
  report_id TEXT PRIMARY KEY REFERENCES report ON DELETE CASCADE,
  sentences TEXT NOT NULL, names TEXT NOT NULL, times TEXT NOT NULL, quotes TEXT NOT NULL,
  vectors BLOB -- n_rows, width (4 bytes each, little-endian), then float16
) STRICT;

CREATE TABLE mention (
  id TEXT PRIMARY KEY, report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('incident', 'statement', 'trend')), type TEXT NOT NULL,
  trigger TEXT NOT NULL, sentence TEXT NOT NULL, roles TEXT NOT NULL, mode TEXT NOT NULL, status TEXT NOT NULL,
  is_background INTEGER NOT NULL, why TEXT NOT NULL
) STRICT;
CREATE INDEX mention_by_report ON mention (report_id);

CREATE TABLE claim (
  id TEXT PRIMARY KEY, report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE, mention_id TEXT NOT NULL,
  field TEXT NOT NULL, value ANY NOT NULL, span TEXT NOT NULL, sentence TEXT NOT NULL, voice TEXT NOT NULL,
  hedge TEXT NOT NULL, polarity TEXT NOT NULL CHECK (polarity IN ('positive', 'negative')), unit TEXT,
  qualifier TEXT, confidence REAL NOT NULL, method TEXT NOT NULL, part_of TEXT
) STRICT;
CREATE INDEX claim_by_report ON claim (report_id);
CREATE INDEX claim_by_mention ON claim (mention_id, field);

-- What many reports give together: replaced as a whole at the end of each run.
CREATE TABLE published (
  report_id TEXT PRIMARY KEY, interval TEXT NOT NULL, basis TEXT NOT NULL, evidence TEXT NOT NULL,
  doubts TEXT NOT NULL, candidates TEXT NOT NULL
) STRICT;
CREATE TABLE derivation (
  child TEXT NOT NULL, parent TEXT, -- NULL: a wire that nobody saved
  kind TEXT NOT NULL, score TEXT NOT NULL, agency TEXT, passages TEXT NOT NULL, why TEXT NOT NULL
) STRICT;
CREATE TABLE origin (id TEXT PRIMARY KEY, reports TEXT NOT NULL, agency TEXT, why TEXT NOT NULL) STRICT;
CREATE TABLE story (id TEXT PRIMARY KEY, headline TEXT NOT NULL, reports TEXT NOT NULL) STRICT;
CREATE TABLE incident (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, mention_ids TEXT NOT NULL, why_merged TEXT NOT NULL
) STRICT;
CREATE TABLE statement (
  id TEXT PRIMARY KEY, act TEXT NOT NULL, mention_ids TEXT NOT NULL, why_merged TEXT NOT NULL
) STRICT;
CREATE TABLE trend (id TEXT PRIMARY KEY, mention_ids TEXT NOT NULL) STRICT;
CREATE TABLE quote_link (
  quote_id TEXT PRIMARY KEY, same_as TEXT NOT NULL, altered_from TEXT, altered_why TEXT
) STRICT;
CREATE TABLE actor (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, aliases TEXT NOT NULL, country TEXT
) STRICT;
CREATE TABLE anchored (date TEXT NOT NULL, why TEXT NOT NULL, claim_id TEXT PRIMARY KEY) STRICT;
CREATE TABLE place_link (
  place TEXT NOT NULL, score TEXT NOT NULL, rivals TEXT NOT NULL, why TEXT NOT NULL, claim_id TEXT PRIMARY KEY
) STRICT;
CREATE TABLE actor_link (actor_id TEXT NOT NULL, claim_id TEXT PRIMARY KEY) STRICT;

-- One row a finished run: what it did and with which settings.
CREATE TABLE run (
  number INTEGER PRIMARY KEY, made_at TEXT NOT NULL, version TEXT NOT NULL, settings TEXT NOT NULL,
  counts TEXT NOT NULL, set_aside TEXT NOT NULL, seconds TEXT NOT NULL, wall_seconds REAL NOT NULL,
  n_new_reports INTEGER NOT NULL
) STRICT;

-- A person's decisions. Append-only, and chained: hash = sha256(prev_hash + the row as JSON). The triggers stop
-- accidents, not the file's owner; a copy of the last hash kept elsewhere is the evidence.
CREATE TABLE judgement (
  id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, "left" TEXT NOT NULL, "right" TEXT, verdict TEXT NOT NULL, value TEXT,
  "by" TEXT NOT NULL, at TEXT NOT NULL, note TEXT NOT NULL, supersedes TEXT,
  prev_hash TEXT NOT NULL, hash TEXT NOT NULL, number INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement BEGIN
  SELECT raise(ABORT, 'judgements are append-only');
END;
CREATE TRIGGER judgement_is_kept BEFORE DELETE ON judgement BEGIN
  SELECT raise(ABORT, 'judgements are append-only');
END;

-- For a person with sqlite3 at hand: each claim's words and voice as plain columns.
CREATE VIEW claim_words AS
SELECT claim.id, report.headline, report.outlet, claim.field, claim.value, claim.hedge, claim.polarity,
       json_extract(claim.voice, '$.kind') AS voice_kind, json_extract(claim.voice, '$.name') AS voice_name,
       json_extract(claim.span, '$.start') AS start, json_extract(claim.span, '$.end') AS "end",
       json_extract(claim.span, '$.text') AS words, json_extract(claim.sentence, '$.text') AS sentence
FROM claim JOIN report ON report.id = claim.report_id;
