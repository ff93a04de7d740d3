// @vitest-environment happy-dom
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeId } from '../../../../shared/domain/ids.ts';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import * as toasts from '../../../ui/toast.tsx';
import { attachFiles, MAX_TOTAL_BYTES, splitBySize } from './attach-files.ts';
import { DraftSession } from './draft-session.ts';

describe('splitBySize', () => {
  it('takes what fits beside the files that are there, and names the rest', () => {
    const small = { name: 'small', size: 10 };
    const large = { name: 'large', size: MAX_TOTAL_BYTES };
    expect(splitBySize([large, small], 5)).toEqual({ fits: [small], tooLarge: [large] });
    expect(splitBySize([large], 0).fits).toEqual([large]);
  });
});

describe('attachFiles', () => {
  beforeAll(async () => startI18n('en'));
  afterEach(() => vi.restoreAllMocks());

  it('says what was taken out of a file, and nothing of files that are whole', async () => {
    const said = vi.spyOn(toasts, 'showToast').mockReturnValue({ update: () => undefined, close: () => undefined });
    const engine = new FakeEngine({
      'drafts.attach': ({ name, type, bytes }) => ({
        ok: true,
        value: {
          attachmentId: makeId('att', '1'),
          name,
          type,
          sizeBytes: bytes.length,
          inline: false,
          risky: false,
          embedded: null,
          takenOut: name === 'wallet.log' ? ['recovery-phrase', 'password'] : [],
        },
      }),
    });
    transport.attach(engine.connect());
    const session = new DraftSession(
      {
        save: async () => Promise.resolve({ ok: true, draftId: makeId('drf', '1'), savedAt: 0 as never }),
        discard: async () => Promise.resolve(true),
      },
      { text: 'See the file.', to: [], cc: [] },
    );
    await attachFiles(session, [new File(['a'], 'wallet.log'), new File(['b'], 'photo.png')], []);
    engine.stop();
    expect(said.mock.calls.map(([{ title }]) => title)).toEqual(['Taken out of wallet.log: recovery phrase and password']);
  });
});
