/** Short names for the shapes that the box sends. Everything else imports from here, never from schema.d.ts. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Session = Schemas['Session'];
export type Setup = Schemas['Setup'];
export type Check = Schemas['Check'];
export type Role = Schemas['Role'];
export type Conversation = Schemas['Conversation'];
export type Message = Schemas['Message'];
export type MessageState = Message['state'];
export type Attachment = Schemas['Attachment'];
export type OutgoingMessage = Schemas['OutgoingMessage'];
export type Media = Schemas['Media'];
export type Contact = Schemas['Contact'];
export type WebhookEvent = Schemas['WebhookEvent'];
export type WebhookEventDetail = Schemas['WebhookEventDetail'];
export type PhoneNumber = Schemas['Number'];
export type Alarm = Schemas['Alarm'];
export type Setting = Schemas['Setting'];
export type User = Schemas['User'];
export type Link = Schemas['Link'];
export type LoginSession = Schemas['LoginSession'];
export type ApiKey = Schemas['ApiKey'];
export type CreatedApiKey = Schemas['CreatedApiKey'];
export type Diagnostics = Schemas['Diagnostics'];
export type MissedEvent = Schemas['MissedEvent'];
export type Problem = Schemas['Problem'];

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
