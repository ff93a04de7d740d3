import type { Asked, Reply } from '../http-peer.ts';
import type { FakeForum, FakeForumOptions, FakeUser } from './fake-discourse.ts';
import { postOf } from './fake-serializers.ts';

/** What the FAKE forum does with what clients write, as Discourse's published description and source say. */

const KNOWN_BODY: ReadonlySet<string> = new Set([
  'title',
  'raw',
  'topic_id',
  'category',
  'target_recipients',
  'archetype',
  'created_at',
  'reply_to_post_number',
  'embed_url',
  'external_id',
]);

export function error(status: number, text: string, type: string, more: object = {}): Reply {
  return { status, body: { errors: [text], error_type: type, ...more } };
}

export function forbidden(): Reply {
  return error(403, 'You are not permitted to view the requested resource.', 'invalid_access');
}

export function missing(): Reply {
  return error(404, 'The requested URL or resource could not be found.', 'not_found');
}

/** `POST /posts.json`. */
export function createPost(forum: FakeForum, options: FakeForumOptions, asked: Asked, user: FakeUser): Reply {
  const { topics } = forum;
  if (!String(asked.headers['content-type']).startsWith('application/json')) return error(400, 'send JSON', 'invalid_parameters');
  const body = readBody(asked.body);
  const wrong = Object.keys(body).find((name) => !KNOWN_BODY.has(name));
  if (wrong !== undefined) return error(400, `unknown field ${wrong}`, 'invalid_parameters');
  const raw = typeof body['raw'] === 'string' ? body['raw'].replace(/\s+$/u, '') : '';
  if (raw === '') return error(400, 'param is missing or the value is empty: raw', 'invalid_parameters');
  const topic = topics.get(Number(body['topic_id']));
  if (topic === undefined || topic.isDeleted) return missing();
  if (!(topic.allowed === null || topic.allowed.includes(user.id)) || topic.isClosed) return forbidden();
  const refuse = (text: string): Reply => ({ status: 422, body: { action: 'create_post', errors: [text] } });
  const { length } = Array.from(raw);
  const least = options.minPostLength ?? 20;
  if (length < least) return refuse(`Body is too short (minimum is ${String(least)} characters)`);
  if (length > 32_000) return refuse(`Body is limited to 32000 characters; you entered ${String(length)}.`);
  const minutes = options.uniquePostsMinutes ?? 5;
  const squeezed = (text: string): string => text.replaceAll(/\s/gu, '').toLowerCase();
  const isRepeated = [...topics.values()].some(({ posts }) =>
    posts.some(
      (post) => post.user.id === user.id && post.createdAt > options.now() - minutes * 60_000 && squeezed(post.raw) === squeezed(raw),
    ),
  );
  if (isRepeated) return refuse('Body is too similar to what you recently posted');
  const replyTo = body['reply_to_post_number'];
  if (replyTo !== undefined && !topic.posts.some(({ number }) => number === replyTo)) return refuse('Reply to post number is invalid');
  const post = forum.write(topic, user, raw, {});
  return { status: 200, body: { ...postOf(post, user, true), draft_sequence: 1, posts_count: topic.posts.length } };
}

/** `POST /uploads.json`. */
export function takeUpload(forum: FakeForum, asked: Asked): Reply {
  const boundary = /boundary=(\S+)/u.exec(String(asked.headers['content-type']))?.[1];
  if (boundary === undefined) return error(400, 'send a form', 'invalid_parameters');
  const parts = asked.body.toString('latin1').split(`--${boundary}`);
  const file = parts.find((part) => part.includes('name="file"'));
  const type = parts.find((part) => part.includes('name="type"'));
  if (file === undefined || type === undefined) return error(400, 'param is missing or the value is empty: type', 'invalid_parameters');
  const name = Buffer.from(/filename="([^"]*)"/u.exec(file)?.[1] ?? '', 'latin1').toString();
  const bytes = Buffer.from(file.slice(file.indexOf('\r\n\r\n') + 4, -2), 'latin1');
  if (bytes.length > 4 * 1024 * 1024)
    return { status: 422, body: { errors: ['Sorry, the file you are trying to upload is too big (maximum size is 4MB).'] } };
  const path = forum.upload(name, bytes, 'application/octet-stream');
  return {
    status: 200,
    body: {
      id: 1,
      url: path,
      original_filename: name,
      filesize: bytes.length,
      short_url: `upload://${path.split('/').at(-1) ?? ''}`,
    },
  };
}

function readBody(body: Buffer): Record<string, unknown> {
  const parsed: unknown = JSON.parse(body.toString());
  if (typeof parsed !== 'object' || parsed === null) throw new Error('400');
  return Object.fromEntries(Object.entries(parsed));
}

/** The little of Discourse's Markdown that the tests need. */
export function cook(raw: string): string {
  const escape = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  return raw
    .split(/\n{2,}/u)
    .map((paragraph) => `<p>${escape(paragraph).replaceAll('\n', '<br>\n')}</p>`)
    .join('\n');
}
