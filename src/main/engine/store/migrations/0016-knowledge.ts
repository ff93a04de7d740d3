/**
 * Articles of this workstation, in parts as their headings divide them, and how often which term stands in which part. A removed article
 * keeps its parts for a while, so that it can come back, and has no terms. `length`: terms of a part, counted with repetition.
 * `hidden_suggestions`: what somebody here does not want to be shown for a case again.
 */
export const migration0016 = `
CREATE TABLE articles(
  article_id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  format TEXT NOT NULL,
  title TEXT NOT NULL,
  language TEXT,
  imported_at INTEGER NOT NULL,
  written_at INTEGER,
  removed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE article_parts(
  id INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  heading TEXT NOT NULL,
  length INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX article_parts_article ON article_parts(article_id, position);
CREATE TABLE article_terms(
  term TEXT NOT NULL,
  part_id INTEGER NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY(term, part_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_terms_part ON article_terms(part_id);
CREATE TABLE hidden_suggestions(
  case_uid TEXT NOT NULL,
  source TEXT NOT NULL,
  hidden_at INTEGER NOT NULL,
  PRIMARY KEY(case_uid, source)
) STRICT, WITHOUT ROWID;
`;
