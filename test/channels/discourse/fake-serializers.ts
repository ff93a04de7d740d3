import type { FakePost, FakeTopic, FakeUser } from './fake-discourse.ts';

/** Answers of the FAKE forum, with the fields that Discourse's published description gives them. */

/** Posts in an answer of `/posts.json`. */
export const page = 50;
/** Posts that a topic shows at first. */
const CHUNK = 20;

const iso = (at: number): string => new Date(at).toISOString();

export function postOf(post: FakePost, viewer: FakeUser, withRaw: boolean): Record<string, unknown> {
  const { user } = post;
  const isNotice = post.isHidden && !viewer.admin && !viewer.moderator;
  return {
    id: post.id,
    name: user.name,
    username: user.username,
    avatar_template: `/letter_avatar/${user.username}/{size}/5.png`,
    created_at: iso(post.createdAt),
    cooked: isNotice ? '<p>This post was flagged by the community and is temporarily hidden.</p>' : post.cooked,
    ...(isNotice ? { cooked_hidden: true } : {}),
    post_number: post.number,
    post_type: post.type,
    updated_at: iso(post.updatedAt),
    reply_count: 0,
    reply_to_post_number: post.replyTo,
    quote_count: 0,
    incoming_link_count: 0,
    reads: 1,
    readers_count: 0,
    score: 0,
    yours: user.id === viewer.id,
    topic_id: post.topicId,
    topic_slug: 'a-topic',
    display_username: user.name,
    version: post.version,
    can_edit: user.id === viewer.id,
    can_delete: user.id === viewer.id,
    user_title: null,
    actions_summary: [],
    moderator: user.moderator,
    admin: user.admin,
    staff: user.admin || user.moderator,
    user_id: user.id,
    hidden: post.isHidden,
    trust_level: user.trustLevel,
    deleted_at: null,
    user_deleted: post.isUserDeleted,
    edit_reason: null,
    wiki: false,
    ...(withRaw && !isNotice ? { raw: post.raw } : {}),
  };
}

export function topicListOf(topics: readonly FakeTopic[], more: string | null): Record<string, unknown> {
  return {
    users: [],
    primary_groups: [],
    topic_list: {
      can_create_topic: true,
      per_page: 30,
      ...(more === null ? {} : { more_topics_url: more }),
      topics: topics.map((topic) => ({
        id: topic.id,
        title: topic.title,
        fancy_title: topic.title,
        slug: 'a-topic',
        posts_count: topic.posts.length,
        highest_post_number: topic.posts.at(-1)?.number ?? 0,
        created_at: iso(topic.posts[0]?.createdAt ?? 0),
        last_posted_at: iso(topic.posts.at(-1)?.createdAt ?? 0),
        bumped: true,
        bumped_at: iso(topic.posts.at(-1)?.createdAt ?? 0),
        archetype: 'private_message',
        unseen: false,
        visible: true,
        closed: topic.isClosed,
        archived: false,
        last_poster_username: topic.posts.at(-1)?.user.username ?? '',
        category_id: null,
        allowed_user_count: topic.allowed?.length ?? 0,
      })),
    },
  };
}

export function topicOf(topic: FakeTopic, posts: readonly FakePost[], viewer: FakeUser): Record<string, unknown> {
  return {
    post_stream: { posts: posts.slice(0, CHUNK).map((post) => postOf(post, viewer, false)), stream: posts.map(({ id }) => id) },
    id: topic.id,
    title: topic.title,
    fancy_title: topic.title,
    posts_count: posts.length,
    created_at: iso(posts[0]?.createdAt ?? 0),
    archetype: topic.allowed === null ? 'regular' : 'private_message',
    slug: 'a-topic',
    category_id: topic.categoryId,
    closed: topic.isClosed,
    highest_post_number: topic.posts.at(-1)?.number ?? 0,
    chunk_size: CHUNK,
  };
}
