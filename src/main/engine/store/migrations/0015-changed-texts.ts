/**
 * Messages that say something else than they did: edited by their author, completed by the team's log, or with words taken out. The search
 * index goes by the order of keys and would never look at them again; whoever has indexed one takes it from this list.
 */
export const migration0015 = `
CREATE TABLE changed_texts(
  message_id INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE
) STRICT;
CREATE TRIGGER messages_text_changed AFTER UPDATE OF text, subject, recipients ON messages
WHEN OLD.text <> NEW.text OR OLD.subject <> NEW.subject OR OLD.recipients <> NEW.recipients
BEGIN
  INSERT OR IGNORE INTO changed_texts(message_id) VALUES(NEW.id);
END;
INSERT INTO changed_texts(message_id) SELECT id FROM messages WHERE edited_at IS NOT NULL;
`;
