import { z } from 'zod';

/**
 * The parts of an update that are read, as the Bot API describes them. The service is not believed blindly: what does not look like
 * this is skipped. Objects keep what is not named here, so that a message of an unknown kind can be told from an empty one.
 */

const id = z.number().int().min(-9_007_199_254_740_991).max(9_007_199_254_740_991);
const user = z.looseObject({
  id,
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});
const chat = z.looseObject({ id, type: z.string(), title: z.string().optional(), username: z.string().optional() });
const entity = z.looseObject({
  type: z.string(),
  offset: z.number().int().min(0),
  length: z.number().int().min(0),
  url: z.string().optional(),
  user: user.optional(),
});
const file = z.looseObject({
  file_id: z.string(),
  file_unique_id: z.string().optional(),
  file_size: z.number().min(0).optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  duration: z.number().optional(),
});
const origin = z.looseObject({
  type: z.string(),
  sender_user: user.optional(),
  sender_user_name: z.string().optional(),
  sender_chat: chat.optional(),
  chat: chat.optional(),
});
const location = z.looseObject({ latitude: z.number(), longitude: z.number(), live_period: z.number().optional() });

const message = z.looseObject({
  message_id: z.number().int().min(0),
  message_thread_id: z.number().int().optional(),
  is_topic_message: z.boolean().optional(),
  date: z.number().int().min(0).max(8_640_000_000_000),
  edit_date: z.number().int().min(0).max(8_640_000_000_000).optional(),
  chat,
  from: user.optional(),
  sender_chat: chat.optional(),
  is_automatic_forward: z.boolean().optional(),
  forward_origin: origin.optional(),
  reply_to_message: z.looseObject({ message_id: z.number().int(), from: user.optional(), sender_chat: chat.optional() }).optional(),
  external_reply: z.looseObject({ origin }).optional(),
  quote: z.looseObject({ text: z.string() }).optional(),
  media_group_id: z.string().optional(),
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  photo: z.array(file).optional(),
  document: file.optional(),
  animation: file.optional(),
  audio: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  voice: file.optional(),
  sticker: z.looseObject({ emoji: z.string().optional() }).optional(),
  location: location.optional(),
  venue: z.looseObject({ title: z.string(), address: z.string(), location }).optional(),
  contact: z.looseObject({ phone_number: z.string(), first_name: z.string(), last_name: z.string().optional() }).optional(),
  poll: z.looseObject({ question: z.string(), options: z.array(z.looseObject({ text: z.string() })) }).optional(),
  dice: z.looseObject({ emoji: z.string(), value: z.number() }).optional(),
  rich_message: z.looseObject({}).optional(),
  migrate_to_chat_id: id.optional(),
  migrate_from_chat_id: id.optional(),
});

/** An update, with what it brings; both absent for kinds that are not read. */
export const updateSchema = z.looseObject({
  update_id: z.number().int().min(0).max(9_007_199_254_740_990),
  message: message.optional(),
  edited_message: message.optional(),
});

export type InboundMessage = z.infer<typeof message>;
export type InboundUser = z.infer<typeof user>;
export type InboundFileRef = z.infer<typeof file>;
export type InboundEntity = z.infer<typeof entity>;
