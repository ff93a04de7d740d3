import { join } from 'node:path';
import { later } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { complete } from '../assistant/chat-completions.ts';
import { listAccounts } from '../store/accounts.store.ts';
import { operationByUid } from '../store/settings.store.ts';
import { ASSISTANT_SECRET, assistantSettings, draftQuestion, mayChangeAssistant, saveAssistant } from '../usecases/assistant.ts';
import { giveToBot, takeFromBot } from '../usecases/bot-commands.ts';
import { playbookOf } from '../usecases/bot.ts';
import type { botContract, DraftSuggestion, PlaybookRow } from '../../../shared/contract/bot.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';

export function botHandlers(services: EngineServices): HandlersOf<keyof typeof botContract> {
  const { context, shell, guard } = services;
  const asking = new Map<CaseId, AbortController>();

  function playbookRows(): readonly PlaybookRow[] {
    const { book, own, problems } = services.playbooks();
    const accounts = context.store.read(listAccounts);
    const named = accounts.flatMap((account) => playbookOf(account) ?? []);
    // one that an account names and that is nowhere must be seen, too
    const ids = [...new Set([...book.keys(), ...problems.keys(), ...named])].toSorted();
    return ids.map((id) => ({
      id,
      name: book.get(id)?.name ?? {},
      languages: book.get(id)?.languages ?? [],
      isOwn: own.has(id),
      problems: problems.get(id) ?? (book.has(id) ? [] : [{ file: `${id}.yaml`, line: 1, column: 1, message: 'there is no such file' }]),
      usedBy: accounts.filter((account) => playbookOf(account) === id).map(({ name }) => name),
    }));
  }

  const keyOf = async (): Promise<string | null> => shell.request('secret.get', { ref: ASSISTANT_SECRET });

  /** Whether the key in the vault was entered for the service at this address. */
  function isSameService(address: string): boolean {
    const before = context.store.read(assistantSettings).address;
    return before !== '' && new URL(before).origin === new URL(address).origin;
  }

  async function suggest(caseId: CaseId, signal: AbortSignal): Promise<Result<DraftSuggestion, CallError>> {
    const settings = context.store.read(assistantSettings);
    if (!settings.isOn) return fail({ code: 'assistant-off', detail: '' });
    const key = await keyOf();
    if (key === null) {
      const { state } = await shell.request('vault.status', null);
      return fail({ code: state === 'locked' ? 'vault-locked' : 'key-missing', detail: '' });
    }
    // without its word lists nothing leaves
    await guard.redactor.ready();
    const question = context.store.read((db) => draftQuestion(db, caseId, guard.redactor.scanner()));
    if (question === null) return fail({ code: 'nothing-to-answer', detail: '' });
    const answer = await complete({ ...settings, key }, question.messages, signal);
    if (!answer.ok) return fail({ code: answer.code, detail: answer.detail });
    return ok({ text: answer.text, basedOn: question.basedOn, redacted: question.redacted });
  }

  return {
    'bot.playbooks': later(
      async () => Promise.resolve({ rows: playbookRows(), folder: join(services.workspacePath, 'playbooks') }),
      ['@accounts'],
    ),
    'cases.giveToBot': (input) => giveToBot(context, services.playbooks().book, input),
    'cases.takeFromBot': (input) => takeFromBot(context, input),
    'assistant.get': later(async () => {
      const { settings, canChange } = context.store.read((db) => ({ settings: assistantSettings(db), canChange: mayChangeAssistant(db) }));
      return { settings, canChange, hasKey: (await keyOf()) !== null };
    }, ['@assistant']),
    'assistant.save': async ({ opId, settings, key }) => {
      if (context.store.read((db) => operationByUid(db, opId)) !== undefined) return ok(null);
      if (!context.store.read(mayChangeAssistant)) return fail({ code: 'not-allowed', detail: '' });
      if (settings.isOn && (settings.address === '' || settings.model === '')) return fail({ code: 'incomplete', detail: '' });
      const vault = await shell.request('vault.status', null);
      if (key !== null) {
        if (vault.state !== 'ready') return fail({ code: vault.state === 'empty' ? 'vault-empty' : 'vault-locked', detail: '' });
        const kept = await shell.request('secret.set', { ref: ASSISTANT_SECRET, value: key });
        if (kept !== 'ok') return fail({ code: 'vault-locked', detail: '' });
      } else if (settings.isOn && ((await keyOf()) === null || !isSameService(settings.address))) {
        // the key of one service is none of another's business
        return fail({ code: 'key-missing', detail: '' });
      }
      const saved = saveAssistant(context, { opId, settings });
      services.changed('@assistant');
      return saved;
    },
    'drafts.suggest': async ({ caseId }) => {
      const controller = new AbortController();
      asking.get(caseId)?.abort();
      // from the first moment: who gives it up while the word lists are loaded wants nothing to leave
      asking.set(caseId, controller);
      try {
        return await suggest(caseId, controller.signal);
      } finally {
        if (asking.get(caseId) === controller) asking.delete(caseId);
      }
    },
    'drafts.stopSuggesting': ({ caseId }) => {
      asking.get(caseId)?.abort();
      return ok(null);
    },
  };
}
