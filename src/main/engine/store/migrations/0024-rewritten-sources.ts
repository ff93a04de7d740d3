/**
 * Sources of mails that were rewritten because of a secret, until they are erased from the file of sources. That file is another database, so
 * a crash may come between the two; the row is written with the rewritten message and tells afterwards what is still to be erased.
 */
export const migration0024 = `
CREATE TABLE rewritten_sources(sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;
