import type { FromTeam } from '../../../../shared/domain/chat/chat-wire.ts';
import { LogRefused } from '../../team/team-log.ts';
import type { ConnectorIo, OutboundMessage, SendHint, SendHooks, SendResult } from '../connector.ts';
import { chatLine } from './chat-hub.ts';
import { visitorFrom, type ChatSeals, type Visitor } from './chat-seals.ts';
import type { ChatVisitors } from './chat-visitors.ts';

/** Messages of ours whose fate is open: they are told again as they were. */
const MOST_OPEN = 100;

export interface ChatOutgoingOptions {
  readonly site: string;
  /** Under which a machine speaks that has no name of its own. */
  readonly siteName: string;
  readonly io: ConnectorIo;
  readonly seals: () => Promise<ChatSeals>;
  readonly visitors: ChatVisitors;
}

/** Tells visitors what the team answers. The client key is the id on the hub and on the page: whatever is sent twice is shown once. */
export class ChatOutgoing {
  readonly #options: ChatOutgoingOptions;
  readonly #open = new Map<string, { readonly visitor: Visitor; readonly frame: string }>();

  constructor(options: ChatOutgoingOptions) {
    this.#options = options;
  }

  async send(message: OutboundMessage, hooks: SendHooks): Promise<SendResult> {
    const { site, io, seals, visitors } = this.#options;
    const visitor = visitorFrom(message.conversation ?? '');
    if (visitor === null)
      return { status: 'rejected', permanent: true, code: 'no-conversation', detail: 'nobody has written who could be answered' };
    const chat = chatLine(io);
    const before = io.conversations?.standing(message.conversation ?? '').last ?? null;
    const files = await visitors.sendFiles(visitor, message.attachments, message.clientKey, 'first');
    const frame = await (await seals()).seal('chat', visitor, this.#toldOf(message, files, before));
    hooks.signal.throwIfAborted();
    hooks.onHandover();
    this.#open.set(message.clientKey, { visitor, frame });
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
    try {
      await chat.publish({ site, visitor: visitor.name, id: message.clientKey, data: frame });
    } catch (error) {
      if (!(error instanceof LogRefused)) return { status: 'unknown', detail: error instanceof Error ? error.message : String(error) };
      this.#open.delete(message.clientKey);
      const isForEver = error.code === 'too-large' || error.code === 'malformed';
      return { status: 'rejected', permanent: isForEver, code: error.code, detail: error.message };
    }
    this.#open.delete(message.clientKey);
    return { status: 'sent', at: io.clock.now(), refused: [] };
  }

  /** What is remembered is told again, under the same id; else the hub is asked. Throws what the link throws. */
  async reconcile(clientKey: string, hint: SendHint | undefined): Promise<'sent' | 'not-found' | 'undecidable'> {
    const { site, io } = this.#options;
    const chat = chatLine(io);
    const known = this.#open.get(clientKey);
    if (known !== undefined) {
      await chat.publish({ site, visitor: known.visitor.name, id: clientKey, data: known.frame });
      this.#open.delete(clientKey);
      return 'sent';
    }
    const visitor = visitorFrom(hint?.conversation ?? '');
    if (visitor === null) return 'undecidable';
    return (await chat.holds(site, visitor.name, clientKey)) ? 'sent' : 'not-found';
  }

  #toldOf(
    { clientKey, text, writtenAt, authorName, bot }: OutboundMessage,
    files: Extract<FromTeam, { readonly t: 'message' }>['files'],
    after: string | null,
  ): FromTeam {
    const kind = bot !== undefined ? 'bot' : authorName === undefined ? 'system' : 'agent';
    const author = { kind, name: authorName ?? this.#options.siteName } as const;
    return { t: 'message', id: clientKey, at: writtenAt, author, text, options: bot?.options ?? [], files, after };
  }
}
