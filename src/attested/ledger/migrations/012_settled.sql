-- What a decision needs so that it reads what lies around it alone, kept up by the tables themselves.
-- The rows of incidents, statements and trends obey the decisions up to this number; those after it are yet to be obeyed.
CREATE TABLE settled (judgement INTEGER NOT NULL) STRICT;
INSERT INTO settled SELECT ifnull(max(number), 0) FROM judgement;

-- The pages whose words a decision names, and those whose words an id once stood for. Lines are read as JSON: a
-- backslash in a page's words, which would be part of an escape, is none of a page's id.
CREATE TABLE judgement_on (page TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (page, number)) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO judgement_on
  SELECT substr(line.value, 1, instr(line.value, '#char=') - 1), number FROM judgement, json_each(
    '[' || replace(json_quote(replace("left" || char(10) || ifnull("right", ''), '\', '/')), '\n', '","') || ']') AS line
  WHERE instr(line.value, '#char=');
CREATE TRIGGER judgement_comes AFTER INSERT ON judgement BEGIN
  INSERT OR IGNORE INTO judgement_on
    SELECT substr(line.value, 1, instr(line.value, '#char=') - 1), NEW.number FROM json_each(
      '[' || replace(json_quote(replace(NEW."left" || char(10) || ifnull(NEW."right", ''), '\', '/')), '\n', '","') || ']') AS line
    WHERE instr(line.value, '#char=');
END;
CREATE INDEX judgement_by_undone ON judgement (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX judgement_on_names ON judgement (kind) WHERE kind = 'same actor';
CREATE TABLE given_on (page TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (page, id)) STRICT, WITHOUT ROWID;
CREATE INDEX given_on_by_id ON given_on (id);
INSERT OR IGNORE INTO given_on
  SELECT substr(line.value, 1, instr(line.value, '#char=') - 1), given.id FROM given, json_each(
    '[' || replace(json_quote(replace(mentions, '\', '/')), '\n', '","') || ']') AS line WHERE instr(line.value, '#char=');
CREATE TRIGGER given_comes AFTER INSERT ON given BEGIN
  INSERT OR IGNORE INTO given_on
    SELECT substr(line.value, 1, instr(line.value, '#char=') - 1), NEW.id FROM json_each(
      '[' || replace(json_quote(replace(NEW.mentions, '\', '/')), '\n', '","') || ']') AS line WHERE instr(line.value, '#char=');
END;
CREATE TRIGGER given_goes AFTER DELETE ON given BEGIN DELETE FROM given_on WHERE id = OLD.id; END;
CREATE INDEX given_by_age ON given (since);
CREATE INDEX redirect_by_new ON redirect (new);

-- A match of two mentions was kept with one of them; now each has all its own.
CREATE TABLE mirrored AS
  SELECT substr(value, 1, instr(value, ' ') - 1) AS id, mention_id || substr(value, instr(value, ' ')) AS line
  FROM kept, json_each('["' || replace(matches, char(10), '","') || '"]') WHERE matches <> '';
CREATE INDEX mirrored_by_id ON mirrored (id);
UPDATE kept SET matches = ltrim(
    matches || char(10) || (SELECT group_concat(line, char(10)) FROM mirrored WHERE id = mention_id), char(10))
  WHERE mention_id IN (SELECT id FROM mirrored);
DROP TABLE mirrored;

-- The rows that decisions changed, and the last decision that did: a run that read the ledger before finds them again.
CREATE TABLE touched (
  name TEXT NOT NULL, key TEXT NOT NULL, judgement INTEGER NOT NULL, PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX touched_since ON touched (judgement);
