import type { ApiMethods } from 'grammy/types';

/**
 * The methods that the fake knows, with all parameters of their official descriptions. The compiler holds this against the types of
 * the Bot API, which are made from those: a parameter that is missing here, or that the service does not have, is an error.
 */

/** `chat`: a number, or `@username`. `file`: an id, an address, or `attach://` of a part that came along. */
export type ParameterKind = 'integer' | 'number' | 'string' | 'boolean' | 'chat' | 'object' | 'array' | 'file';

type Fields<Method extends keyof ApiMethods> =
  NonNullable<Parameters<ApiMethods[Method]>[0]> extends infer Args ? Readonly<Record<keyof Args & string, ParameterKind>> : never;

const SENDING = {
  business_connection_id: 'string',
  chat_id: 'chat',
  message_thread_id: 'integer',
  direct_messages_topic_id: 'integer',
  disable_notification: 'boolean',
  protect_content: 'boolean',
  allow_paid_broadcast: 'boolean',
  message_effect_id: 'string',
  reply_parameters: 'object',
  reply_to_message_id: 'integer',
} as const;

const ONE = {
  ...SENDING,
  ephemeral_message_parameters: 'object',
  suggested_post_parameters: 'object',
  reply_markup: 'object',
  parse_mode: 'string',
} as const;

const CAPTION = { caption: 'string', caption_entities: 'array' } as const;

export const METHODS = {
  getMe: {},
  getWebhookInfo: {},
  deleteWebhook: { drop_pending_updates: 'boolean' } satisfies Fields<'deleteWebhook'>,
  getUpdates: { offset: 'integer', limit: 'integer', timeout: 'integer', allowed_updates: 'array' } satisfies Fields<'getUpdates'>,
  getFile: { file_id: 'string' } satisfies Fields<'getFile'>,
  sendChatAction: {
    business_connection_id: 'string',
    chat_id: 'chat',
    message_thread_id: 'integer',
    action: 'string',
  } satisfies Fields<'sendChatAction'>,
  sendMessage: { ...ONE, text: 'string', entities: 'array', link_preview_options: 'object' } satisfies Fields<'sendMessage'>,
  sendPhoto: {
    ...ONE,
    ...CAPTION,
    photo: 'file',
    show_caption_above_media: 'boolean',
    has_spoiler: 'boolean',
  } satisfies Fields<'sendPhoto'>,
  sendDocument: {
    ...ONE,
    ...CAPTION,
    document: 'file',
    thumbnail: 'file',
    disable_content_type_detection: 'boolean',
  } satisfies Fields<'sendDocument'>,
  sendMediaGroup: { ...SENDING, media: 'array' } satisfies Fields<'sendMediaGroup'>,
} as const satisfies Readonly<Record<string, Readonly<Record<string, ParameterKind>>>>;

export type MethodName = keyof typeof METHODS;

/** Parameters without which a method is refused. */
export const NEEDED: Readonly<Record<MethodName, readonly string[]>> = {
  getMe: [],
  getWebhookInfo: [],
  deleteWebhook: [],
  getUpdates: [],
  getFile: ['file_id'],
  sendChatAction: ['chat_id', 'action'],
  sendMessage: ['chat_id', 'text'],
  sendPhoto: ['chat_id', 'photo'],
  sendDocument: ['chat_id', 'document'],
  sendMediaGroup: ['chat_id', 'media'],
};

export const ACTIONS: ReadonlySet<string> = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
] satisfies Parameters<ApiMethods['sendChatAction']>[0]['action'][]);
