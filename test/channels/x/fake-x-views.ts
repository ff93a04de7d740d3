import type { Asked, Reply } from '../http-peer.ts';
import type { FakeXEvent, FakeXPost } from './fake-x.ts';

/** How the FAKE of X shows what it keeps, and how it refuses; as X's published description has it. */

export function problem(status: number, kind: string, title: string, detail: string): Reply {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { title, detail, status, type: kind === 'about:blank' ? kind : `https://api.x.com/2/problems/${kind}` },
  };
}

export function invalid(detail: string): Reply {
  return problem(400, 'invalid-request', 'Invalid Request', detail);
}

/** What may be asked for, by the names that a server knows. */
export const FIELDS: Readonly<Record<'posts' | 'tweets', Readonly<Record<string, readonly string[]>>>> = {
  posts: {
    'post.fields': ['conversation_id', 'created_at', 'entities', 'id', 'lang', 'note_post', 'public_metrics', 'text'],
    post: ['author_id', 'edit_history_post_ids', 'entities.mentions.username', 'in_reply_to_user_id', 'referenced_posts'],
    'dm_event.fields': ['attachments', 'created_at', 'dm_conversation_id', 'entities', 'event_type', 'id', 'text'],
    dm: ['attachments.media_keys', 'participant_ids', 'referenced_posts', 'sender_id'],
  },
  tweets: {
    'tweet.fields': [
      'author_id',
      'conversation_id',
      'created_at',
      'edit_history_tweet_ids',
      'entities',
      'id',
      'lang',
      'note_tweet',
      'referenced_tweets',
      'text',
    ],
    post: ['author_id', 'in_reply_to_user_id', 'referenced_tweets.id'],
    'dm_event.fields': [
      'attachments',
      'created_at',
      'dm_conversation_id',
      'entities',
      'event_type',
      'id',
      'participant_ids',
      'sender_id',
      'text',
    ],
    dm: ['attachments.media_keys', 'participant_ids', 'referenced_tweets.id', 'sender_id'],
  },
};

export function postOf(post: FakeXPost, asked: Asked, speaks: 'posts' | 'tweets'): Record<string, unknown> {
  const fields = (asked.query.get(speaks === 'posts' ? 'post.fields' : 'tweet.fields') ?? '').split(',');
  const expansions = (asked.query.get('expansions') ?? '').split(',');
  const mentions = [...post.text.matchAll(/(?<![\w@])@(\w{1,15})/gu)].map(([whole, username = ''], at) => ({
    start: at,
    end: at + whole.length,
    username,
  }));
  const whole: Record<string, unknown> = {
    id: post.id,
    text: post.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    [speaks === 'posts' ? 'edit_history_post_ids' : 'edit_history_tweet_ids']: post.history,
  };
  if (fields.includes('author_id') || expansions.includes('author_id')) whole['author_id'] = post.author.id;
  if (fields.includes('created_at')) whole['created_at'] = new Date(post.at).toISOString();
  if (fields.includes('conversation_id')) whole['conversation_id'] = post.conversation;
  if (fields.includes('lang')) whole['lang'] = 'en';
  if (fields.includes('entities') && mentions.length > 0) whole['entities'] = { mentions };
  if (fields.includes('referenced_tweets') && post.repliedTo !== null)
    whole['referenced_tweets'] = [{ type: 'replied_to', id: post.repliedTo }];
  return whole;
}

export function eventOf(event: FakeXEvent, asked: Asked): Record<string, unknown> {
  const fields = (asked.query.get('dm_event.fields') ?? 'id,event_type,text').split(',');
  const whole: Record<string, unknown> = {
    id: event.id,
    event_type: event.type,
    text: event.text,
    created_at: new Date(event.at).toISOString(),
    dm_conversation_id: event.conversation,
    sender_id: event.sender.id,
  };
  const isSent = (asked.query.get('expansions') ?? '').split(',').includes('sender_id') || fields.includes('sender_id');
  return Object.fromEntries(
    Object.entries(whole).filter(([name]) =>
      name === 'sender_id' ? isSent : ['id', 'event_type'].includes(name) || fields.includes(name),
    ),
  );
}
