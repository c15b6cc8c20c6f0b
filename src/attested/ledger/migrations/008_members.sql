-- Which row holds a mention (incident, statement, trend) or a report (origin, story), kept up by the tables themselves:
-- what lies around one row is found without a walk over all of them.
CREATE TABLE member (part TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (part, id)) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_row ON member (id);
INSERT OR IGNORE INTO member SELECT value, incident.id FROM incident, json_each(mention_ids);
INSERT OR IGNORE INTO member SELECT value, statement.id FROM statement, json_each(mention_ids);
INSERT OR IGNORE INTO member SELECT value, trend.id FROM trend, json_each(mention_ids);
INSERT OR IGNORE INTO member SELECT value, origin.id FROM origin, json_each(reports);
INSERT OR IGNORE INTO member SELECT value, story.id FROM story, json_each(reports);
CREATE TRIGGER incident_comes AFTER INSERT ON incident BEGIN
  INSERT OR IGNORE INTO member SELECT value, NEW.id FROM json_each(NEW.mention_ids);
END;
CREATE TRIGGER statement_comes AFTER INSERT ON statement BEGIN
  INSERT OR IGNORE INTO member SELECT value, NEW.id FROM json_each(NEW.mention_ids);
END;
CREATE TRIGGER trend_comes AFTER INSERT ON trend BEGIN
  INSERT OR IGNORE INTO member SELECT value, NEW.id FROM json_each(NEW.mention_ids);
END;
CREATE TRIGGER origin_comes AFTER INSERT ON origin BEGIN
  INSERT OR IGNORE INTO member SELECT value, NEW.id FROM json_each(NEW.reports);
END;
CREATE TRIGGER story_comes AFTER INSERT ON story BEGIN
  INSERT OR IGNORE INTO member SELECT value, NEW.id FROM json_each(NEW.reports);
END;
CREATE TRIGGER incident_goes AFTER DELETE ON incident BEGIN DELETE FROM member WHERE id = OLD.id; END;
CREATE TRIGGER statement_goes AFTER DELETE ON statement BEGIN DELETE FROM member WHERE id = OLD.id; END;
CREATE TRIGGER trend_goes AFTER DELETE ON trend BEGIN DELETE FROM member WHERE id = OLD.id; END;
CREATE TRIGGER origin_goes AFTER DELETE ON origin BEGIN DELETE FROM member WHERE id = OLD.id; END;
CREATE TRIGGER story_goes AFTER DELETE ON story BEGIN DELETE FROM member WHERE id = OLD.id; END;
CREATE INDEX derivation_by_child ON derivation (child);
CREATE INDEX derivation_by_parent ON derivation (parent);
