-- Lists of reports, filtered and newest first, without a walk over their rows: 5 to 110 ms of 130,000 (bench/desk.py).
CREATE INDEX published_by_day ON published (json_extract(interval, '$.start'), report_id);
CREATE INDEX report_listed ON report (outlet, agency, headline, id);
CREATE INDEX report_by_agency ON report (agency);
CREATE INDEX derivation_by_kind ON derivation (kind, is_version, child);
