/** What the audit log notes. */
export const AUDIT_ACTIONS = ['secret.revealed', 'reply.overridden', 'settings.changed', 'authenticity.checked', 'audit.exported'] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
