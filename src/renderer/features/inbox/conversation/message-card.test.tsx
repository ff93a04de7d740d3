// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeMessage } from '../../../../../test/renderer/fake-message.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import type { MessageOrigin } from '../../../../shared/domain/message.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { MessageCard } from './message-card.tsx';

const ORIGIN: MessageOrigin = {
  conversation: '48211',
  nativeKey: '1',
  author: { nativeId: '48211', handle: '@mei_c', verification: 'platform', facts: {} },
  isPrivate: true,
};

beforeAll(async () => {
  await startI18n('en');
  transport.attach(
    new FakeEngine({ 'workspace.get': () => ({ ok: false, error: { code: 'offline', detail: '', retryable: false } }) }).connect(),
  );
});
afterEach(cleanup);

function toLine(origin: MessageOrigin | null, to: { readonly address: string; readonly name: string }): string {
  const item = fakeMessage('a', { text: 'Hello', origin, to: [to] });
  const { container } = render(
    <MessageCard
      item={item}
      caseId={makeId('case', 'a')}
      channel={origin === null ? 'email' : 'telegram'}
      isOpen
      onToggle={() => undefined}
    />,
  );
  const text = container.querySelector('.ib-message-to')?.textContent ?? '';
  cleanup();
  return text;
}

test('a message of a channel is not said to go to what the engine calls our account; a mail is said to go where it went', () => {
  expect(toLine(ORIGIN, { address: '7000001@telegram.meridian.invalid', name: '' })).toBe('');
  expect(toLine(ORIGIN, { address: 'x@telegram.meridian.invalid', name: 'Desk' })).toBe('to Desk');
  expect(toLine(null, { address: 'help@acme.example', name: '' })).toBe('to help@acme.example');
});
