/** What an account of a channel is reached with. Not a `Channel`: a live chat brings tickets of the web form, too. */
export const ACCOUNT_KINDS = ['email', 'sample', 'chat', 'telegram', 'discourse', 'x'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** Where a forum leads the browser with a key for us, in exactly these letters: it is compared with what an administrator has allowed. */
export const FORUM_KEY_LINK = 'meridian://forum-key';
