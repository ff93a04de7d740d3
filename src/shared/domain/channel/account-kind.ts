/** What an account of a channel is reached with. Not a `Channel`: a live chat brings tickets of the web form, too. */
export const ACCOUNT_KINDS = ['email', 'sample', 'chat', 'telegram', 'discourse', 'x'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];
