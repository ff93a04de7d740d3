import { createHash } from 'node:crypto';
import type { PhraseLanguage, SecretScanner } from '../../../shared/domain/guard/secret-types.ts';
import { createSecretScanner } from '../../../shared/domain/guard/secrets.ts';

let loading: Promise<SecretScanner> | null = null;

/**
 * The scanner for secrets with the ten word lists of BIP-39 and the platform's SHA-256. Loaded with the first call and shared from then
 * on: the lists are 200 KB of text that a workspace without customers' messages never needs.
 */
export function loadSecretScanner(): Promise<SecretScanner> {
  loading ??= load();
  return loading;
}

async function load(): Promise<SecretScanner> {
  const wordLists = await loadWordLists();
  return createSecretScanner({ wordLists, sha256 });
}

/** SHA-256 of some bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** The ten word lists of BIP-39. */
export async function loadWordLists(): Promise<Readonly<Record<PhraseLanguage, readonly string[]>>> {
  const [english, french, spanish, italian, czech, portuguese, japanese, korean, simplified, traditional] = await Promise.all([
    import('@scure/bip39/wordlists/english.js'),
    import('@scure/bip39/wordlists/french.js'),
    import('@scure/bip39/wordlists/spanish.js'),
    import('@scure/bip39/wordlists/italian.js'),
    import('@scure/bip39/wordlists/czech.js'),
    import('@scure/bip39/wordlists/portuguese.js'),
    import('@scure/bip39/wordlists/japanese.js'),
    import('@scure/bip39/wordlists/korean.js'),
    import('@scure/bip39/wordlists/simplified-chinese.js'),
    import('@scure/bip39/wordlists/traditional-chinese.js'),
  ]);
  return {
    english: english.wordlist,
    french: french.wordlist,
    spanish: spanish.wordlist,
    italian: italian.wordlist,
    czech: czech.wordlist,
    portuguese: portuguese.wordlist,
    japanese: japanese.wordlist,
    korean: korean.wordlist,
    'simplified-chinese': simplified.wordlist,
    'traditional-chinese': traditional.wordlist,
  };
}
