// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { embedSnippet } from './site-key.ts';

const SITE = { kind: 'chat', site: 'shop', name: 'Müller & "Söhne" <Exchange>', publicKey: 'BDET' } as unknown as Parameters<
  typeof embedSnippet
>[0];

test('the page gets the name that customers see, whatever stands in it', () => {
  const page = new DOMParser().parseFromString(embedSnippet(SITE, 'wss://hub.example:9443', 'pass"word'), 'text/html');
  const { dataset } = page.querySelector('script') as HTMLScriptElement;
  expect({ ...dataset }).toEqual({
    site: 'shop',
    name: 'Müller & "Söhne" <Exchange>',
    hub: 'wss://hub.example:9443',
    password: 'pass"word',
    key: 'BDET',
  });
});
